import { ApolloClient, ApolloLink, gql, InMemoryCache, Observable } from '@apollo/client'
import { Client, fetchExchange } from '@urql/core'
import { print } from 'graphql'
import { createClient, type RequestParams, type Sink } from 'graphql-sse'
import {
  Environment,
  Network,
  Observable as RelayObservable,
  RecordSource,
  requestSubscription,
  Store,
} from 'relay-runtime'
import type { ConcreteRequest, GraphQLResponse } from 'relay-runtime'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { ConferenceEventsDocument, createClient as createParleyClient } from '../../src/client/index.ts'
import { start, type ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { findFreePort } from '../support/free-port.ts'
import '../support/patience.ts'
import { startProcess, type ServerProcess } from '../support/server.ts'
import { sendHook } from '../support/zoom-hook.ts'

const webhookSecret = 'a-secret-of-the-test'
const text =
  'subscription Events($after: String) { conferenceEvents(after: $after) { cursor event { type } gaps { reason } } }'

interface Message {
  cursor: string
  event: { type: string } | null
  gaps: { reason: string }[]
}

let zoom: ZoomSandbox
let server: ServerProcess
let meeting: { id: number; uuid: string }

beforeAll(async () => {
  zoom = await start({ seed: { active: 3, inactive: 0, pending: 0 } })
  meeting = zoom.data.meetings.values().next().value!
  // The clients need the same port after a restart of the server.
  const environment = { PORT: String(await findFreePort()) }
  server = await startProcess({ accounts: { zoom: { ...zoom.account, webhookSecret } } }, { environment })
})
afterAll(async () => {
  await server.stop('SIGKILL')
  await zoom.close()
})

async function send(event: string): Promise<void> {
  const { accountId } = zoom.account as { accountId: string }
  const target = { url: `${server.url}/hooks/zoom`, secret: webhookSecret, accountId }
  expect(await sendHook(target, event, { id: meeting.id, uuid: meeting.uuid })).toBe(204)
}

/** Messages that a client has received. */
class Received {
  readonly messages: Message[] = []
  readonly add = (data: unknown): void => {
    if (data) this.messages.push((data as { conferenceEvents: Message }).conferenceEvents)
  }
  readonly listTypes = (): string[] => this.messages.flatMap(({ event }) => event?.type ?? [])
  readonly listGaps = (): string[] => this.messages.flatMap(({ gaps }) => gaps.map(({ reason }) => reason))
}

/** Opens a client of graphql-sse that continues after the last message, as its documentation recommends. */
function createSubscriber(): (request: RequestParams, sink: Sink<GraphQLResponse>) => () => void {
  const client = createClient({ url: server.graphqlUrl, retryAttempts: 100 })
  onTestFinished(() => client.dispose())
  return (request, sink) => {
    const variables: Record<string, unknown> = { ...request.variables }
    return client.subscribe<Record<string, unknown>>(
      { ...request, variables },
      {
        error: (error) => sink.error(error),
        complete: () => sink.complete(),
        next: (result) => {
          const message = result.data?.['conferenceEvents'] as Message | undefined
          if (message) variables['after'] = message.cursor
          sink.next(result as unknown as GraphQLResponse)
        },
      },
    )
  }
}

const subscribers: Record<string, (received: Received) => void> = {
  'graphql-sse': (received) => {
    const ignore = (): void => {}
    createSubscriber()(
      { query: text },
      { next: (result) => received.add((result as { data?: unknown }).data), error: ignore, complete: ignore },
    )
  },
  'Apollo Client over graphql-sse': (received) => {
    const subscribe = createSubscriber()
    const link = new ApolloLink(
      ({ query, variables }) =>
        new Observable((observer) => subscribe({ query: print(query), variables }, observer as never)),
    )
    const client = new ApolloClient({ link, cache: new InMemoryCache() })
    const subscription = client.subscribe({ query: gql(text) }).subscribe(({ data }) => received.add(data))
    onTestFinished(() => subscription.unsubscribe())
  },
  'Relay over graphql-sse': (received) => {
    const subscribe = createSubscriber()
    const network = Network.create(
      () => Promise.reject(new Error('There are no queries.')),
      ({ text: query }, variables) =>
        RelayObservable.create<GraphQLResponse>((sink) => subscribe({ query: query!, variables }, sink as never)),
    )
    const environment = new Environment({ network, store: new Store(new RecordSource()) })
    const { dispose } = requestSubscription(environment, {
      subscription: createRelayArtifact(),
      variables: {},
      onNext: received.add,
    })
    onTestFinished(dispose)
  },
  'the client of Parley': (received) => {
    const client = createParleyClient({ url: server.graphqlUrl })
    const messages = client.watch(ConferenceEventsDocument, {}, (data) => data)
    onTestFinished(async () => void (await messages.return()))
    void (async () => {
      for await (const data of messages) received.add(data)
    })()
  },
}

test.each(Object.entries(subscribers))(
  '%s receives events, and continues after the last message when the server was restarted',
  async (_, subscribe) => {
    const received = new Received()
    subscribe(received)
    await vi.waitFor(() => expect(received.messages).toMatchObject([{ event: null }]))
    await send('meeting.started')
    await vi.waitFor(() => expect(received.listTypes()).toEqual(['STARTED']))
    await server.restart()
    // The log in memory ended with the process, which a gap reports to the client.
    await vi.waitFor(() => expect(received.listGaps()).toEqual(['NOT_KEPT']))
    await send('meeting.ended')
    await vi.waitFor(() => expect(received.listTypes()).toEqual(['STARTED', 'ENDED']))
  },
)

describe('urql with fetchSubscriptions', () => {
  test('receives events, and continues after a cursor', async () => {
    const client = new Client({
      url: server.graphqlUrl,
      exchanges: [fetchExchange],
      fetchSubscriptions: true,
      preferGetMethod: false,
    })
    const received = new Received()
    const first = client.subscription(text, {}).subscribe(({ data }) => received.add(data))
    await vi.waitFor(() => expect(received.messages).toHaveLength(1))
    await send('meeting.started')
    await vi.waitFor(() => expect(received.listTypes()).toEqual(['STARTED']))
    first.unsubscribe()
    await send('meeting.ended')
    const second = client
      .subscription(text, { after: received.messages.at(-1)!.cursor })
      .subscribe(({ data }) => received.add(data))
    onTestFinished(() => second.unsubscribe())
    await vi.waitFor(() => expect(received.listTypes()).toEqual(['STARTED', 'ENDED']))
    expect(received.listGaps()).toEqual([])
  })
})

/** Returns the text of the subscription that relay-compiler generates. */
function createRelayArtifact(): ConcreteRequest {
  const scalar = (name: string) => ({ alias: null, args: null, kind: 'ScalarField', name, storageKey: null }) as const
  const linked = (name: string, plural: boolean, concreteType: string, selections: unknown[]) => ({
    alias: null,
    args: null,
    concreteType,
    kind: 'LinkedField',
    name,
    plural,
    selections,
    storageKey: null,
  })
  const argumentDefinitions = [{ defaultValue: null, kind: 'LocalArgument', name: 'after' }]
  const selections = [
    {
      ...linked('conferenceEvents', false, 'ConferenceEventMessage', [
        scalar('cursor'),
        linked('event', false, 'ConferenceEvent', [scalar('type')]),
        linked('gaps', true, 'EventGap', [scalar('reason')]),
      ]),
      args: [{ kind: 'Variable', name: 'after', variableName: 'after' }],
    },
  ]
  return {
    fragment: {
      argumentDefinitions,
      kind: 'Fragment',
      metadata: null,
      name: 'Events',
      selections,
      type: 'Subscription',
      abstractKey: null,
    },
    kind: 'Request',
    operation: { argumentDefinitions, kind: 'Operation', name: 'Events', selections },
    params: { cacheID: 'events', id: null, metadata: {}, name: 'Events', operationKind: 'subscription', text },
  } as unknown as ConcreteRequest
}
