import { expect, onTestFinished, test } from 'vitest'
import { start as startIMeet } from '../../src/sandboxes/imeetcentral/index.ts'
import { start as startTrueConf } from '../../src/sandboxes/trueconf/index.ts'

const post = (url: string, body: object, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  })

test('creates a conference of TrueConf with null in optional fields at any depth', async () => {
  const sandbox = await startTrueConf({ users: 5, conferences: 0 })
  onTestFinished(() => sandbox.close())
  const schedule = { type: 1, start_time: 1_900_000_000, duration: 600, time_offset: null }
  const invitations = [{ id: 'dean', display_name: null }]
  const optional = { id: null, description: null, tags: null, rights: { guest: null }, auto_invite: null }
  const body = { topic: 'x', type: 0, owner: 'helen', schedule, invitations, ...optional }
  const key = encodeURIComponent(sandbox.secretKey)
  const response = await post(`${sandbox.url}/api/v3.8/conferences?access_token=${key}`, body)
  expect(response.status).toBe(200)
  expect([...sandbox.data.conferences.values()]).toMatchObject([{ topic: 'x', invitations: [{ id: 'dean' }] }])
})

test('creates a workspace of iMeet Central with null in optional fields', async () => {
  const sandbox = await startIMeet({})
  onTestFinished(() => sandbox.close())
  const [group] = sandbox.data.workspaceGroups.keys()
  const body = { workspaceName: 'x', urlShortName: null, description: null, workspaceType: null, customFields: null }
  const headers = { authorization: `Bearer ${sandbox.tokens.issue()}` }
  const response = await post(`${sandbox.url}/v1/workspaceGroups/${group}/workspaces`, body, headers)
  expect(response.status).toBe(201)
  expect(sandbox.data.workspaces.get(await response.text())).toMatchObject({ workspaceName: 'x', workspaceType: 'pm' })
})
