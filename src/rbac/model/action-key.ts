/** The form in which action strings are compared: without blanks around it, A–Z in lower case. */
export function actionKey(text: string): string {
  return foldAscii(text.trim());
}

/** Folds A–Z alone. Unicode folding would equate `K` with the Kelvin sign, which Azure has no reason to do. */
export function foldAscii(text: string): string {
  return isAscii.test(text) ? text.toLowerCase() : text.replace(/[A-Z]+/g, run => run.toLowerCase());
}

const isAscii = /^[\x00-\x7f]*$/;
