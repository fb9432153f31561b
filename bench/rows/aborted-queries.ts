import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { post } from '../harness/client.ts'
import { now } from '../harness/clock.ts'
import { Load } from '../harness/load.ts'
import { openLoop, summary } from '../harness/open-loop.ts'
import type { Read } from '../harness/reads.ts'
import { descriptorsOf } from '../harness/process.ts'
import { lossLine, timed, type Row } from '../harness/row.ts'
import { nothing } from '../harness/verdict.ts'

/** After this time, idle connections to the vendors and from the clients are closed. */
const quiet = 8_000
/** Delay of the calls of this account, so that a query is aborted before they end. */
const slow = { account: 'zoom', ms: 3_000 }

export const abortedQueries: Row = {
  title: 'A8: 1,000 connections a second, aborted during the response',
  seconds: 60,
  run: async (options) => {
    const load = await Load.open()
    const { port } = new URL(load.parley.url)
    await load.vendors.ask('injectFaults', 0)
    await load.vendors.ask('health', slow.account, slow.ms)
    await load.vendors.ask('watch', true)
    await delay(quiet)
    const before = descriptorsOf(load.parley.pid)

    const attacked = load.reads.list.filter(({ accounts }) => !accounts.includes(slow.account))
    let [completed, number] = [0, 0]
    const attack = async (): Promise<void> => {
      if (await abortedAfter(Number(port), attacked[number++ % attacked.length]!, Math.random() * 150)) completed++
    }
    const probed = load.reads.node.filter(({ accounts }) => accounts.join() === slow.account)
    const aborts: { call: string; from: number; at: number }[] = []
    const probe = async (): Promise<void> => {
      const read = probed[aborts.length % probed.length]!
      const abort = { call: read.calls[0]!, from: now(), at: Infinity }
      aborts.push(abort)
      const controller = new AbortController()
      const asking = post(load.parley.url, read.body, undefined, controller.signal)
      await delay(500)
      abort.at = now()
      controller.abort()
      await asking
    }
    await Promise.all([openLoop(options.rate * 5, options.seconds, attack), openLoop(5, options.seconds, probe)])

    await delay(quiet)
    const after = descriptorsOf(load.parley.pid)
    const { urls, completed: whole, abandoned } = (await load.vendors.ask('times'))[slow.account]!
    const calls = [...callsIn(whole), ...callsIn(abandoned)].map(({ index, ...call }) => {
      return { ...call, name: `${slow.account} ${urls[index]!}` }
    })
    const begun = aborts.flatMap(({ call, from, at }) => {
      const own = calls.find(({ name, arrived }) => name === call && arrived >= from && arrived < at)
      return own ? [own.ended - at] : []
    })
    const warned = load.parley.noise().includes('MaxListenersExceededWarning')
    await load.vendors.ask('health', slow.account, 'well')
    await openLoop(options.rate / 4, 5, load.operate)
    const { p50, p99, max } = summary(begun)
    const lines = [
      {
        text: `${number} connections, ${completed} of them had the whole response before they were aborted`,
        holds: null,
      },
      { text: `${before} file descriptors before, ${after} after (± 5)`, holds: Math.abs(after - before) <= 5 },
      { text: `MaxListenersExceededWarning: ${warned ? 'seen' : 'none'}`, holds: !warned },
      { text: `${begun.length} of ${aborts.length} aborted queries had a vendor call under way`, holds: null },
      timed(options, `it was cancelled in ${p50} ms, p99 ${p99} ms, at most ${max} ms (≤ 100)`, max <= 100),
      await lossLine(load, nothing),
    ]
    await load.close()
    return lines
  },
}

function* callsIn(times: readonly number[]) {
  for (let at = 0; at < times.length; at += 3)
    yield { index: times[at]!, arrived: times[at + 1]!, ended: times[at + 2]! }
}

/** Sends a query on a new connection, and disconnects after this time. Returns whether the response had arrived. */
function abortedAfter(port: number, { body, truth }: Read, ms: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  let received = 0
  const socket: Socket = connect(port, '127.0.0.1', () => {
    socket.write(
      `POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    )
    setTimeout(() => (Math.random() < 0.5 ? socket.destroy() : socket.resetAndDestroy()), ms)
  })
  socket.on('data', (chunk) => void (received += chunk.length))
  socket.on('error', () => undefined)
  socket.on('close', () => resolve(received >= Buffer.byteLength(truth)))
  return promise
}
