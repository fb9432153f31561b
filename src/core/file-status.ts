import type { Stats } from 'node:fs'

/** Returns a text that changes when the file changes or is replaced. `undefined` stands for a missing file. */
export const formatFileStatus = (status: Stats | undefined): string =>
  status ? [status.dev, status.ino, status.size, status.mtimeMs, status.ctimeMs].join(':') : 'missing'
