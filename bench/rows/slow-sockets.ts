import { connect } from 'node:net'
import { now } from '../harness/clock.ts'
import { Load } from '../harness/load.ts'
import { openLoop, percentile } from '../harness/open-loop.ts'
import { lossLine, p99Of, timed, type Row } from '../harness/row.ts'
import { nothing } from '../harness/verdict.ts'

const headers = {
  sockets: 500,
  start: 'POST /graphql HTTP/1.1\r\nHost: localhost\r\n',
  drip: 'X-Drip: 1\r\n',
  within: 11,
}
const body = {
  sockets: 200,
  start: 'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n',
  drip: ' ',
  // The limit is 30 s, and closing takes a moment.
  within: 30.5,
}

export const slowSockets: Row = {
  title: 'A10: 500 sockets with slow headers, 200 with slow bodies',
  seconds: 60,
  run: async (options) => {
    const load = await Load.open()
    const port = Number(new URL(load.parley.url).port)
    await load.vendors.ask('injectFaults', 0)
    await openLoop(options.rate, options.seconds / 2, load.operate)
    const start = now()
    const over = new AbortController()
    const lives = { headers: [] as number[], body: [] as number[] }
    const attack = async (name: 'headers' | 'body', kind: typeof headers | typeof body): Promise<void> => {
      while (!over.signal.aborted) lives[name].push(await drip(port, kind.start, kind.drip, kind.within * 1.5))
    }
    const attackers = [
      ...Array.from({ length: headers.sockets }, () => attack('headers', headers)),
      ...Array.from({ length: body.sockets }, () => attack('body', body)),
    ]
    await openLoop(options.rate, options.seconds, load.operate)
    over.abort()
    await Promise.all(attackers)
    const [before, meanwhile] = [p99Of(load.done, 0, start), p99Of(load.done, start, Infinity)]
    const last = { headers: percentile(lives.headers, 1), body: percentile(lives.body, 1) }
    const lines = [
      await lossLine(load, nothing),
      timed(
        options,
        `honest p99 ${before.toFixed(0)} ms before, ${meanwhile.toFixed(0)} ms meanwhile (≤ 1.5 ×)`,
        meanwhile <= 1.5 * before,
      ),
      timed(
        options,
        `${lives.headers.length} sockets with slow headers, closed after ${last.headers.toFixed(1)} s at most (≤ 11)`,
        last.headers <= headers.within,
      ),
      timed(
        options,
        `${lives.body.length} sockets with slow bodies, closed after ${last.body.toFixed(1)} s at most (≤ 30)`,
        last.body <= body.within,
      ),
    ]
    await load.close()
    return lines
  },
}

/**
 * Sends a start, and then some bytes every second. Returns for how many seconds the socket was open, at most `most`.
 */
function drip(port: number, start: string, piece: string, most: number): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>()
  let begun = now()
  const socket = connect(port, '127.0.0.1', () => {
    begun = now()
    socket.write(start)
  })
  const timer = setInterval(() => socket.write(piece), 1_000)
  const giveUp = setTimeout(() => socket.destroy(), most * 1000)
  socket.on('error', () => undefined).resume()
  socket.on('close', () => {
    clearInterval(timer)
    clearTimeout(giveUp)
    resolve((now() - begun) / 1000)
  })
  return promise
}
