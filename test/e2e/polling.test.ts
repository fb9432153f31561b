import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import {
  CreateConferenceDocument,
  DeleteConferenceDocument,
  EndConferenceDocument,
  RunConferenceDocument,
} from '../../src/client/index.ts'
import { start as startCentral, type IMeetCentralSandbox } from '../../src/sandboxes/imeetcentral/index.ts'
import { start as startTrueconf, type TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import { encodeId } from '../../src/schema/ids.ts'
import { openStream, type ReceivedStream } from '../http/stream/read-events.ts'
import { createClient } from '../support/client.ts'
import { openServer, type OpenServer } from '../support/open-server.ts'

const subscription = `
  subscription ($filter: ConferenceEventFilter) {
    conferenceEvents(filter: $filter) {
      event {
        type conferenceId changed origin occurredAt observedAt raw
        participant { id displayName status user { id } }
      }
      gaps { reason since until }
      sources { account { key } status types origins interval problem { code retryAt } }
    }
  }
`

interface Message {
  event: {
    type: string
    conferenceId: string
    changed: string[]
    origin: string
    occurredAt: string
    observedAt: string
    raw: unknown
    participant: { id: string; displayName: string; status: string } | null
  } | null
  gaps: { reason: string; since: string; until: string }[]
  sources: {
    status: string
    types: string[]
    origins: string[]
    interval: number
    problem: { code: string; retryAt: string } | null
  }[]
}

let trueconf: TrueConfSandbox
let central: IMeetCentralSandbox
let server: OpenServer
/** Polls only once, unless a mutation requests it. */
let slowServer: OpenServer

beforeAll(async () => {
  trueconf = await startTrueconf({ users: 20, conferences: 450, running: 2 })
  central = await startCentral({ seed: { workspaces: 60, deletedWorkspaces: 2 } })
  const accounts = { trueconf: trueconf.account, imeetcentral: central.account }
  const limits = { eventPollCalls: 1_000_000, attempts: 1 }
  server = await openServer({ accounts, limits: { ...limits, eventPoll: 250 } }, 'trace')
  slowServer = await openServer({ accounts, limits: { ...limits, eventPoll: 3_600_000 } }, 'trace')
})
afterAll(async () => {
  expect([...server.lines(), ...slowServer.lines()].filter(({ msg }) => msg === 'internal error')).toEqual([])
  await server.close()
  await slowServer.close()
  await trueconf.close()
  await central.close()
})

const readMessages = (stream: ReceivedStream): Message[] =>
  stream.events.flatMap(({ data }) => {
    const { conferenceEvents } = (data?.data ?? {}) as { conferenceEvents?: Message }
    return conferenceEvents ? [conferenceEvents] : []
  })

/** Opens a stream of one account, and waits until the account is polled. */
async function watch(account: 'trueconf' | 'imeetcentral', filter: object = {}, { url } = server) {
  const variables = { filter: { accounts: [account], ...filter } }
  const stream = await openStream({ url }, { query: subscription, variables })
  const messages = (): Message[] => readMessages(stream)
  const waitForStatus = (status: string): Promise<Message['sources'][number]> =>
    vi.waitFor(() => {
      const source = messages().at(-1)?.sources[0]
      expect(source).toMatchObject({ status })
      return source!
    })
  await waitForStatus('LIVE')
  return {
    stream,
    messages,
    waitForStatus,
    /** Waits until as many events and gaps have arrived, and returns them in their order. */
    waitFor: (count: number): Promise<string[]> =>
      vi.waitFor(() => {
        const found = messages().flatMap(({ event, gaps }) => [
          ...gaps.map(({ reason }) => reason),
          ...(event ? [[event.type, event.conferenceId, ...event.changed].join(' ')] : []),
        ])
        expect(found.length).toBeGreaterThanOrEqual(count)
        return found
      }),
  }
}

const toId = (account: string, vendorId: string): string => encodeId('Conference', account, vendorId)

describe('TrueConf', () => {
  test('delivers each change by others once, in order', async () => {
    const { others, data } = trueconf
    const { waitFor, messages } = await watch('trueconf', {
      types: ['CREATED', 'CHANGED', 'STARTED', 'ENDED', 'DELETED'],
    })
    const [vendorId] = [...data.conferences.values()].filter(({ call }) => !call).map(({ id }) => id) as [string]
    const id = toId('trueconf', vendorId)
    others.rename(vendorId, 'Renamed by others')
    await waitFor(1)
    others.start(vendorId)
    await waitFor(2)
    others.end(vendorId)
    await waitFor(3)
    const created = others.create('Created by others')
    await waitFor(4)
    others.delete(created)
    expect(await waitFor(5)).toEqual([
      `CHANGED ${id} title`,
      `STARTED ${id}`,
      `ENDED ${id}`,
      `CREATED ${toId('trueconf', created)}`,
      `DELETED ${toId('trueconf', created)}`,
    ])
    const events = messages().flatMap(({ event }) => event ?? [])
    expect(events.map(({ origin, raw }) => [origin, raw])).toEqual(Array.from({ length: 5 }, () => ['POLL', null]))
    for (const { occurredAt, observedAt } of events) expect(occurredAt).toBe(observedAt)
  })

  test('delivers a conference that was not planned', async () => {
    const { waitFor } = await watch('trueconf', { types: ['CREATED', 'STARTED', 'ENDED', 'DELETED'] })
    const call = trueconf.others.call('Call', ['helen'])
    await waitFor(2)
    trueconf.others.end(call)
    const id = toId('trueconf', call)
    expect(await waitFor(4)).toEqual([`CREATED ${id}`, `STARTED ${id}`, `ENDED ${id}`, `DELETED ${id}`])
  })

  test('delivers who joins and leaves one conference, with the IDs of its list, and reads no other', async () => {
    const [selected, other] = [...trueconf.data.conferences.values()].filter(({ call }) => call).map(({ id }) => id)
    const id = toId('trueconf', selected!)
    const from = trueconf.ledger.length
    const { waitFor, messages } = await watch('trueconf', {
      conferenceIds: [id],
      types: ['PARTICIPANT_JOINED', 'PARTICIPANT_LEFT'],
    })
    const path = `/api/v3.8/conferences/${selected}/participants`
    trueconf.others.join(selected!, '#tel:100')
    trueconf.others.join(other!, '#tel:100')
    await waitFor(1)
    trueconf.others.leave(selected!, '#tel:100')
    expect(await waitFor(2)).toEqual([`PARTICIPANT_JOINED ${id}`, `PARTICIPANT_LEFT ${id}`])
    const requests = trueconf.ledger.slice(from).filter(({ path }) => path.endsWith('/participants'))
    expect([...new Set(requests.map((request) => request.path))]).toEqual([path])
    trueconf.others.join(selected!, '#tel:100')
    const participants = messages().flatMap(({ event }) => event?.participant ?? [])
    expect(participants.map(({ status, displayName }) => [status, displayName])).toEqual([
      ['JOINED', '#tel:100'],
      ['LEFT', '#tel:100'],
    ])
    const response = await fetch(server.graphqlUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: 'query ($id: ID!) { conference(id: $id) { participants { nodes { id displayName } } } }',
        variables: { id },
      }),
    })
    const { data } = (await response.json()) as {
      data: { conference: { participants: { nodes: { id: string; displayName: string }[] } } }
    }
    const listed = data.conference.participants.nodes.find(({ displayName }) => displayName === '#tel:100')
    expect(participants.map((participant) => participant.id)).toEqual([listed!.id, listed!.id])
  })

  test('reports one gap before the events that are found after an outage', async () => {
    const { waitFor, waitForStatus, messages } = await watch('trueconf', { types: ['CREATED'] })
    const clear = trueconf.fault({ match: { path: /\/conferences/ }, kind: 'status', status: 503 })
    expect(await waitForStatus('INTERRUPTED')).toMatchObject({ problem: { code: 'VENDOR_UNAVAILABLE' } })
    const created = trueconf.others.create('Created during the outage')
    clear()
    expect(await waitFor(2)).toEqual(['INTERRUPTED', `CREATED ${toId('trueconf', created)}`])
    await waitForStatus('LIVE')
    const [gap] = messages().flatMap(({ gaps }) => gaps)
    expect(Date.parse(gap!.until)).toBeGreaterThan(Date.parse(gap!.since))
  })

  test('makes no call before the end of a rate limit', async () => {
    const { waitForStatus, stream } = await watch('trueconf', { types: ['CREATED'] })
    const clear = trueconf.fault({
      match: { path: /\/conferences/ },
      kind: 'status',
      status: 429,
      headers: { 'retry-after': '3600' },
    })
    const { problem } = await waitForStatus('INTERRUPTED')
    expect(problem).toMatchObject({ code: 'VENDOR_RATE_LIMITED' })
    expect(Date.parse(problem!.retryAt) - Date.now()).toBeGreaterThan(3_000_000)
    clear()
    stream.leave()
  })
})

describe('iMeet Central', () => {
  test('delivers workspaces that others create, rename, and delete', async () => {
    const from = central.ledger.length
    const { waitFor, messages } = await watch('imeetcentral')
    const created = central.others.create('New workspace')
    await waitFor(1)
    central.others.rename(created, 'Renamed workspace')
    await waitFor(2)
    central.others.delete(created)
    const id = toId('imeetcentral', created)
    expect(await waitFor(3)).toEqual([`CREATED ${id}`, `CHANGED ${id} title`, `DELETED ${id}`])
    expect(messages().at(-1)!.sources[0]).toMatchObject({ types: ['CHANGED', 'CREATED', 'DELETED'], origins: ['POLL'] })
    const queries = central.ledger.slice(from).filter(({ path }) => path === '/v1/workspaces')
    expect(queries.every(({ query }) => new URLSearchParams(query).get('limit') === '25')).toBe(true)
  })
})

describe('with a long interval', () => {
  const listPages = (): number => trueconf.ledger.filter(({ path }) => path.endsWith('/conferences')).length

  test('makes no call without a subscriber, and one poll for six', async () => {
    const slow = await openServer({
      accounts: { trueconf: trueconf.account },
      limits: { eventPoll: 3_600_000, eventPollCalls: 1_000_000 },
    })
    const from = listPages()
    const streams = [await watch('trueconf', {}, slow)]
    const pages = listPages() - from
    for (let number = 1; number < 6; number++) streams.push(await watch('trueconf', {}, slow))
    expect([pages, listPages() - from]).toEqual([3, 3])
    await slow.close()
  })

  test('delivers what mutations change at once, and once', async () => {
    const sendQuery = createClient(slowServer.graphqlUrl)
    const { waitFor } = await watch('trueconf', {}, slowServer)
    const created = await sendQuery(CreateConferenceDocument, {
      input: { account: 'trueconf', title: 'Created', owner: { email: 'helen@example.com' } },
    })
    const { id } = created.data!.createConference.conference!
    await waitFor(1)
    await sendQuery(RunConferenceDocument, { input: { conferenceId: id } })
    await waitFor(2)
    await sendQuery(EndConferenceDocument, { input: { conferenceId: id } })
    await waitFor(3)
    await sendQuery(DeleteConferenceDocument, { input: { conferenceId: id } })
    expect(await waitFor(4)).toEqual([`CREATED ${id}`, `STARTED ${id}`, `ENDED ${id}`, `DELETED ${id}`])
  })
})
