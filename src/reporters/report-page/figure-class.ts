/** How bad a figure is, as the colours have it. */
export function figureClass(figure: number): string {
  if (figure > 80) return 'critical';
  if (figure > 60) return 'high';
  if (figure > 40) return 'medium';
  return figure > 20 ? 'low' : 'info';
}
