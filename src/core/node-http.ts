/**
 * The module `node:http`. An `import` would read each of its exports and thus load Node's own copy of undici for
 * `WebSocket`, which takes 13 MB of memory and 30 ms at every start.
 */
export const http = process.getBuiltinModule('node:http')
