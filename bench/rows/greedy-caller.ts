import { createHash } from 'node:crypto'
import { startProcess } from '../../test/support/server.ts'
import { parse, post, problemsOf, type Reply } from '../harness/client.ts'
import { now } from '../harness/clock.ts'
import { readAccounts } from '../harness/load.ts'
import { closedLoop, openLoop, percentile, summary } from '../harness/open-loop.ts'
import { cpuOf, stallsOf } from '../harness/process.ts'
import { timed, type Line, type Row } from '../harness/row.ts'
import { startVendors } from '../harness/vendors.ts'
import { listed, sum } from '../harness/verdict.ts'

type CallerName = 'ada' | 'greedy'
type Ask = (caller: CallerName, query: string, variables?: object) => Promise<Reply>

/** Ways in which one caller requests more than its share. */
interface Attack {
  name: string
  width: number
  query: string
  variables?: object
}

const list = 'query($account: String!) { users(first: 20, filter: { accounts: [$account] }) { nodes { id } } }'
const node = 'query($id: ID!) { node(id: $id) { id } }'

export const greedyCaller: Row = {
  title: 'A12: one greedy caller beside another one, which uses a tenth of the capacity',
  seconds: 240,
  run: async (options) => {
    const vendors = startVendors()
    const accounts = await vendors.ask(
      'open',
      readAccounts.map((key) => ({ key, vendor: key, written: false, tokenLife: 3600 })),
    )
    const clients = (['ada', 'greedy'] as const).map((name) => ({
      name,
      apiKeySha256: createHash('sha256').update(name).digest('hex'),
      scopes: ['read', 'write'],
    }))
    const parley = await startProcess({ accounts, clients }, { onLine: () => undefined })
    const ask: Ask = (caller, query, variables = {}) =>
      post(parley.url, JSON.stringify({ query, variables }), {
        'content-type': 'application/json',
        authorization: `Bearer ${caller}`,
      })
    const ids = Object.fromEntries(
      await Promise.all(readAccounts.map(async (account) => [account, await listIds(ask, account)] as const)),
    )
    await vendors.ask('injectFaults', 0)

    let lost = new Map<string, number>()
    let times: number[] = []
    let count = 0
    const operate = async (due: number): Promise<void> => {
      const account = readAccounts[count++ % readAccounts.length]!
      const id = ids[account]![count % ids[account]!.length]
      const reply = await (count % 2 ? ask('ada', list, { account }) : ask('ada', node, { id }))
      times.push(now() - due)
      const why = findLoss(reply)
      if (why) lost.set(why, (lost.get(why) ?? 0) + 1)
    }
    const phase = async (run: () => Promise<void>) => {
      times = []
      lost = new Map()
      await run()
      return { lost, ...summary(times) }
    }
    const seconds = options.seconds / 6
    const closed = await phase(() => closedLoop(64, seconds, operate))
    const rate = closed.count / seconds / 10
    const calm = await phase(() => openLoop(rate, seconds, operate))
    const lines: Line[] = [
      {
        text: `capacity ${(rate * 10).toFixed(0)} operations/s; in calm p50 ${calm.p50} ms, p99 ${calm.p99} ms`,
        holds: null,
      },
    ]
    for (const { name, width, query, variables } of attacks(ids)) {
      const greedy: number[] = []
      let completed = 0
      const attack = async (due: number): Promise<void> => {
        const { status } = await ask('greedy', query, variables)
        greedy.push(now() - due)
        if (status === 200) completed++
      }
      await stallsOf(parley.url)
      const [cpu, start] = [cpuOf(parley.pid), now()]
      const beside = await phase(async () => {
        await Promise.all([closedLoop(width, seconds, attack), openLoop(rate, seconds, operate)])
      })
      const busy = (cpuOf(parley.pid) - cpu) / (now() - start)
      const stalls = await stallsOf(parley.url)
      lines.push(
        {
          text: `${name}: ${sum(beside.lost.values())} of ${beside.count} lost (0)${listed(beside.lost)}`,
          holds: beside.lost.size === 0,
        },
        timed(options, `${name}: p99 ${beside.p99} ms (≤ 2 ×), p50 ${beside.p50} ms`, beside.p99 <= 2 * calm.p99),
        {
          text:
            `${name}: ${completed} of ${greedy.length} greedy operations completed, p50 ${percentile(greedy, 0.5).toFixed(0)} ms; ` +
            `processor ${(busy * 100).toFixed(0)} %, event loop p99 ${stalls.p99} ms, at most ${stalls.max} ms`,
          holds: null,
        },
      )
    }
    await parley.dispose()
    await vendors.close()
    return lines
  },
}

function attacks(ids: Record<string, string[]>): Attack[] {
  const nodes = 'query($ids: [ID!]!) { nodes(ids: $ids) { id } }'
  const lists =
    '{ conferences(first: 100) { nodes { id } } users(first: 100, filter: { search: "a" }) { nodes { id } } }'
  const write = `mutation { createConference(input: { account: "trueconf", title: "Greedy" }) { outcome } }`
  return [
    { name: 'one request of many IDs', width: 1, query: nodes, variables: { ids: ids['trueconf']!.slice(0, 90) } },
    { name: '200 long lists', width: 200, query: lists },
    { name: '50 writers', width: 50, query: write },
  ]
}

async function listIds(ask: Ask, account: string): Promise<string[]> {
  const query =
    'query($account: String!) { conferences(first: 100, filter: { accounts: [$account] }) { nodes { id } } users(first: 100, filter: { accounts: [$account] }) { nodes { id } } }'
  const { data } = parse(await ask('ada', query, { account })) as {
    data: { conferences: { nodes: { id: string }[] }; users: { nodes: { id: string }[] } }
  }
  return [...data.conferences.nodes, ...data.users.nodes].map(({ id }) => id)
}

/** Reason why a response is not complete. Null if it is complete. */
function findLoss(reply: Reply): string | null {
  if (reply.failure !== null) return reply.failure
  const response = parse(reply)
  if (reply.status !== 200 || !response) return `status ${reply.status}`
  return problemsOf(response)[0]?.code ?? null
}
