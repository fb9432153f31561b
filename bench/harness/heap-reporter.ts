import { createServer } from 'node:http'
import { PerformanceObserver } from 'node:perf_hooks'

/** Loaded into Parley's process with `--import`. Reports the memory of objects over a Unix socket. */
let collections = 0
new PerformanceObserver((list) => (collections += list.getEntries().length)).observe({ entryTypes: ['gc'] })

createServer((request, response) => {
  if (request.url === '/collect') globalThis.gc!()
  // The observer is called after a collection.
  setTimeout(() => {
    const { heapUsed } = process.memoryUsage()
    response.end(JSON.stringify({ heapUsed, collections }))
  }, 20)
})
  .listen(process.env['PARLEY_BENCH_SOCKET'])
  .unref()
