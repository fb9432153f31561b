import { removeGuard } from './csv-formulas.ts'
import { UsageError } from './exit.ts'

/** Cells of a row by the column names of the header, in lower case. */
export type CsvRow = Readonly<Record<string, string>>

const maxRows = 100_000

/**
 * Parses CSV (RFC 4180) with a header, `,` or `;` between cells, and any line breaks. Removes the apostrophes of
 * `guardFormula`.
 *
 * @throws UsageError if the text is malformed, or has more than 100,000 rows.
 */
export function parseCsv(text: string): CsvRow[] {
  const body = text.replace(/^\uFEFF/, '')
  const separator = /^[^,\r\n]*;/.test(body) ? ';' : ','
  const [header, ...rows] = parseCells(body, separator).filter((cells) => cells.some((cell) => cell.trim() !== ''))
  if (!header) throw new UsageError('The CSV file is empty.')
  if (rows.length > maxRows) throw new UsageError('The CSV file must have at most 100,000 rows.')
  const names = header.map((name) => name.trim().toLowerCase())
  return rows.map((cells, index) => {
    if (cells.length > names.length)
      throw new UsageError(`Row ${index + 1} of the CSV file has more cells than the header.`)
    return Object.fromEntries(names.map((name, column) => [name, removeGuard(cells[column]?.trim() ?? '')]))
  })
}

function parseCells(text: string, separator: string): string[][] {
  const rows: string[][] = [[]]
  const cell =
    separator === ';'
      ? /(?:"((?:[^"]|"")*)"|([^";\r\n]*))(;|\r\n|\n|\r|$)/y
      : /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/y
  while (cell.lastIndex < text.length || rows.at(-1)!.length > 0) {
    const match = cell.exec(text)
    if (!match) throw new UsageError(`Row ${rows.length - 1} of the CSV file has a quotation mark in the wrong place.`)
    const [, quoted, plain = '', end] = match
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === '') break
    if (end !== separator) rows.push([])
  }
  return rows
}
