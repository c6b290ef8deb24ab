/** Text that is hard to read: its contrast with what is behind it, by WCAG. Runs in the page. */
export const faintTexts = `(() => {
  const parse = color => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const channel = value => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const behind = element => {
    for (let at = element; at !== null; at = at.parentElement) {
      const [r, g, b, alpha = 1] = parse(getComputedStyle(at).backgroundColor);
      if (alpha === 1) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const found = [];
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim() !== '');
    const box = element.getBoundingClientRect();
    if (!own || box.width === 0 || box.height === 0 || element.closest('.hidden, .skip, script, noscript, title, dialog:not([open])')) continue;
    const style = getComputedStyle(element);
    const isDrawn = element instanceof SVGElement;
    const rect = isDrawn ? element.parentElement.querySelector('rect, circle') : null;
    const ink = parse(isDrawn ? style.fill : style.color);
    const paper = rect === null ? behind(element.closest('div, section, main, body')) : parse(getComputedStyle(rect).fill);
    const ground = isDrawn ? paper : behind(element);
    const [light, dark] = [luminance(ink), luminance(ground)].sort((a, b) => b - a);
    const contrast = (light + 0.05) / (dark + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (contrast < (isLarge ? 3 : 4.5)) found.push(element.className + ' "' + element.textContent.slice(0, 40) + '" ' + contrast.toFixed(2));
  }
  return [...new Set(found)];
})()`;
