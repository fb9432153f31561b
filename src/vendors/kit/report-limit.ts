import type { ItemLimit } from './read-whole-list.ts'

/** Creates the limit of an attendance report, which is the limit "attendanceRows". */
export const createReportLimit = (maxRows: number): ItemLimit => ({
  items: maxRows,
  message: `The attendance report of this session has too many rows. The limit "attendanceRows" is ${maxRows}.`,
})
