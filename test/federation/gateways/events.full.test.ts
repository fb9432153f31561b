import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sendQuery } from '../../support/send-query.ts'
import { isInstalled, startHive } from './programs.ts'
import { keys, openStage, type Stage } from './stage.ts'
import type { RunningScript } from './start-script.ts'

let stage: Stage
let gateway: RunningScript

beforeAll(async () => {
  if (!isInstalled) return
  stage = await openStage()
  // The server in front of Parley does not stream responses.
  const subgraphs = { ...stage.subgraphs, parley: `${stage.server.url}/subgraph` }
  gateway = await startHive({ subgraphs, key: keys.gateway })
})
afterAll(async () => {
  await gateway?.stop()
  await stage?.close()
})

const subscription = `subscription { conferenceEvents(filter: { accounts: ["trueconf"] }) {
  cursor event { __typename type conference { title owner { employee { department } } } } } }`
const creation = `mutation { createConference(input: { account: "trueconf", title: "Plan", owner: { vendorId: "helen" },
  schedule: { permanent: true }, idempotencyKey: "key-of-events" }) { outcome } }`

describe.skipIf(!isInstalled)('Hive Gateway', () => {
  test('passes on events, with fields of another subgraph', async () => {
    const abort = new AbortController()
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
      body: JSON.stringify({ query: subscription }),
      signal: abort.signal,
    })
    let text = ''
    let isSubscribed = false
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk
      // The first message reports the start of the subscription.
      if (!isSubscribed && text.includes('cursor')) {
        isSubscribed = true
        await sendQuery(gateway.url, creation)
      }
      if (/"type":"CREATED".*\n/.test(text)) break
    }
    abort.abort()
    const conference = { title: 'Plan', owner: { employee: { department: 'Sales' } } }
    expect(text).toContain(JSON.stringify({ __typename: 'ConferenceEvent', type: 'CREATED', conference }))
  })
})
