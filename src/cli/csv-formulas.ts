/** What makes a spreadsheet run a cell, also if the cell is guarded already. Some read full-width signs as the usual ones. */
const formula = /^'*[=+\-@＝＋－＠\t\r\n]/
const guardedFormula = /^'+[=+\-@＝＋－＠\t\r\n]/

/** Puts an apostrophe before a text that a spreadsheet would run as a formula, as OWASP recommends against CSV injection. */
export const guardFormula = (text: string): string => (formula.test(text) ? `'${text}` : text)

/** Reverts `guardFormula`. */
export const removeGuard = (text: string): string => (guardedFormula.test(text) ? text.slice(1) : text)
