/** A cell that a spreadsheet runs as a formula, with or without guards. Some spreadsheets treat full-width signs as ASCII. */
const formula = /^'*[=+\-@＝＋－＠\t\r\n]/
const guardedFormula = /^'+[=+\-@＝＋－＠\t\r\n]/

/**
 * Puts an apostrophe before text that a spreadsheet would run as a formula. Source:
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
export const guardFormula = (text: string): string => (formula.test(text) ? `'${text}` : text)

/** Reverts `guardFormula`. */
export const removeGuard = (text: string): string => (guardedFormula.test(text) ? text.slice(1) : text)
