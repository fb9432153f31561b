import { parse, post, problemsOf, type Reply } from '../harness/client.ts'
import { now } from '../harness/clock.ts'
import { Load } from '../harness/load.ts'
import { closedLoop, openLoop, percentile, summary } from '../harness/open-loop.ts'
import { judge } from '../harness/reads.ts'
import { listed, sum } from '../harness/verdict.ts'
import { timed, type Row } from '../harness/row.ts'
import { callSeparately } from '../harness/separate-caller.ts'

interface TimedResponse {
  due: number
  ms: number
  /**
   * Result of an operation: `work`, `rejection`, `part` (rejected for one account), or the reason why it is none of them.
   */
  as: string
}

export const overload: Row = {
  title: 'A5: three times the load that the server can carry',
  seconds: 120,
  run: async (options) => {
    const load = await Load.open()
    await load.vendors.ask('injectFaults', 0)
    let responses: TimedResponse[] = []
    const ask = async (due: number): Promise<void> => {
      const draw = Math.random()
      const read = load.pick(draw < 0.74 ? 'list' : draw < 0.9 ? 'node' : 'two')
      const reply = await post(load.parley.url, read.body)
      const right = judge(read, reply) === 'right'
      responses.push({ due, ms: now() - due, as: right ? 'work' : isRejection(reply) ? 'rejection' : what(reply) })
    }
    const phase = async (run: () => Promise<void>): Promise<{ all: TimedResponse[]; work: number; from: number }> => {
      responses = []
      const from = now()
      await run()
      return { all: responses, work: responses.filter(({ as }) => as === 'work').length, from }
    }
    const quarter = options.seconds / 4
    const closed = await phase(() => closedLoop(128, quarter, ask))
    const capacity = closed.work / quarter
    const calmRate = capacity / 4
    const before = await phase(() => openLoop(calmRate, quarter, ask))
    const bodies = Array.from({ length: 100 }, () => load.pick('list').body)
    const caller = callSeparately({ url: load.parley.url, bodies, rate: 50, seconds: options.seconds })
    const flood = await phase(() => openLoop(3 * capacity, options.seconds, ask))
    const floodEnd = now()
    const after = await phase(() => openLoop(calmRate, quarter, ask))

    const rejections = (await caller).filter(({ status }) => status === 503).map(({ ms }) => ms)
    const rejected = flood.all.filter(({ as }) => as === 'rejection').length
    const done = flood.work / ((floodEnd - flood.from) / 1000)
    const odd = new Map<string, number>()
    for (const { as } of flood.all) if (!['work', 'rejection', 'part'].includes(as)) odd.set(as, (odd.get(as) ?? 0) + 1)
    const usual = percentile(
      before.all.map(({ ms }) => ms),
      0.99,
    )
    // One in 100 was as late before. Several can wait for the same slow call, so that they are late together.
    const isNormalFrom = (second: number): boolean => {
      const rest = after.all.filter(({ due }) => due >= after.from + second * 1_000)
      return rest.filter(({ ms, as }) => as !== 'work' || ms > 1.5 * usual).length <= rest.length / 100
    }
    const normalAfter = Array.from({ length: quarter }, (_, second) => second).find(isNormalFrom) ?? quarter
    await load.close()
    const { p50, p99, count } = summary(rejections)
    return [
      {
        text: `capacity ${capacity.toFixed(0)} operations/s; ${flood.all.length} sent at ${(3 * capacity).toFixed(0)}/s`,
        holds: null,
      },
      {
        text: `${sum(odd.values())} neither succeeded nor were rejected as expected (0)${listed(odd)}`,
        holds: odd.size === 0,
      },
      { text: `${rejected} rejected, ${flood.work} succeeded`, holds: null },
      timed(
        options,
        `${count} rejections of a separate process in ${p50} ms, p99 ${p99} ms (≤ 50)`,
        count > 0 && p99 <= 50,
      ),
      timed(options, `${done.toFixed(0)} done a second (≥ 80 % of the capacity)`, done >= 0.8 * capacity),
      timed(options, `normal ${normalAfter} s after (≤ 5)`, normalAfter <= 5),
    ]
  },
}

const codesOf = (reply: Reply): string[] => {
  const response = parse(reply)
  return response ? problemsOf(response).map(({ code }) => code) : []
}

const isRejection = (reply: Reply): boolean =>
  reply.status === 503 && codesOf(reply).join() === 'OVERLOADED' && Number(reply.headers['retry-after']) > 0

/** A source with the code OVERLOADED counts as rejected for one account. */
function what(reply: Reply): string {
  const codes = codesOf(reply)
  if (reply.status === 200 && codes.length > 0 && codes.every((code) => code === 'OVERLOADED')) return 'part'
  return reply.failure ?? `status ${reply.status} ${codes.join(' ')}`
}
