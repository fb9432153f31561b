/**
 * `node:http`. An `import` of it reads each of its exports, and thereby loads Node's own copy of undici for `WebSocket`:
 * 13 MB of memory and 30 ms at every start.
 */
export const http = process.getBuiltinModule('node:http')
