import { fileURLToPath } from 'node:url'

/**
 * Environment of every process that a test starts: of this process's own only the path. The compile cache takes a third off
 * the time of a start.
 */
export const environment = {
  PATH: process.env['PATH'],
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../../node_modules/.cache/node-compile', import.meta.url)),
}
