import { describe, expect, test } from 'vitest'
import type { IMeetCentralSandbox } from '../../src/sandboxes/imeetcentral/index.ts'
import { imeetcentral } from '../../src/vendors/imeetcentral/index.ts'
import { startPolling } from './polling.ts'

const path = '/v1/workspaces'

async function start(paging: object = {}) {
  const polling = await startPolling<IMeetCentralSandbox>(imeetcentral, {
    sandbox: { seed: { workspaces: 60, deletedWorkspaces: 3 }, paging },
  })
  const { workspaces } = polling.sandbox.data
  const active = [...workspaces.values()].filter(({ urlShortName }) => !urlShortName.startsWith('deleted'))
  return { ...polling, workspaces, active }
}

describe('Poller of iMeet Central', () => {
  test.each([{}, { links: 'offset' }])(
    'reports workspaces that were created, renamed, and deleted (%o)',
    async (paging) => {
      const { workspaces, active, next, entries, requests } = await start(paging)
      expect([entries(), requests()]).toEqual([[], []])
      const [renamed, deleted, removed] = active
      const { id } = workspaces.add({ ...active[0]!, workspaceName: 'New', urlShortName: 'new' })
      renamed!.workspaceName = 'Renamed'
      deleted!.urlShortName = `deleted-${deleted!.urlShortName}`
      await next()
      expect(entries()).toEqual([`CREATED ${id}`, `CHANGED ${renamed!.id} title`, `DELETED ${deleted!.id}`])
      workspaces.delete(removed!.id)
      await next()
      expect(entries()).toEqual([`DELETED ${removed!.id}`])
      expect(requests()).toEqual([
        ...Array(3).fill(`GET ${path}`),
        ...Array(3).fill(`GET ${path}`),
        `GET ${path}/${removed!.id}`,
      ])
      await next()
      expect(entries()).toEqual([])
    },
  )

  test('looks up a workspace that moves to a page that was already read', async () => {
    const { workspaces, active, next, entries, requests, onNextRequest } = await start({ links: 'offset' })
    const skipped = [...workspaces.values()][25]!
    onNextRequest(/offset=25/, () => void workspaces.delete(active[0]!.id))
    await next()
    expect(entries()).toEqual([])
    expect(requests()).toEqual([...Array(3).fill(`GET ${path}`), `GET ${path}/${skipped.id}`])
    await next()
    expect(entries()).toEqual([`DELETED ${active[0]!.id}`])
  })

  test('looks up workspaces that a page lacks, and keeps them', async () => {
    const { sandbox, active, next, entries, requests, status } = await start()
    const item = ({ id, workspaceName, urlShortName }: (typeof active)[number]) => ({
      id,
      details: { workspaceName, urlShortName },
    })
    const all = [...sandbox.data.workspaces.values()].map(item)
    const body = JSON.stringify({ items: all.slice(3) })
    sandbox.fault({ match: { path: /workspaces\?/ }, kind: 'status', status: 200, body, times: 2 })
    await next()
    expect([entries(), status()]).toEqual([[], 'LIVE'])
    expect(requests()).toEqual([`GET ${path}`, ...all.slice(0, 3).map(({ id }) => `GET ${path}/${id}`)])
    await next()
    expect([entries(), status(), requests().length]).toEqual([[], 'LIVE', 3])
    active[0]!.workspaceName = 'Renamed'
    await next()
    expect(entries()).toEqual([`CHANGED ${active[0]!.id} title`])
  })

  test('keeps an item that cannot be read', async () => {
    const { sandbox, active, next, entries, status } = await start()
    const items = [...sandbox.data.workspaces.values()].map(({ id, workspaceName, urlShortName }, index) =>
      index === 1 ? { id, details: 7 } : { id, details: { workspaceName, urlShortName } },
    )
    const body = JSON.stringify({ items })
    sandbox.fault({ match: { path: /workspaces\?/ }, kind: 'status', status: 200, body, times: 1 })
    active[0]!.workspaceName = 'Renamed'
    await next()
    await next()
    expect([entries(), status()]).toEqual([[`CHANGED ${active[0]!.id} title`], 'LIVE'])
  })

  test('is interrupted if the links lead back to an earlier page', async () => {
    const { sandbox, next, entries, sink } = await start()
    const [first] = sandbox.data.workspaces.values()
    const body = JSON.stringify({
      items: [{ id: first!.id, details: { workspaceName: 'x', urlShortName: 'x' } }],
      links: { next: `${sandbox.url}${path}?limit=25&paging=next&lastRecord=same` },
    })
    sandbox.fault({ match: { path: /workspaces\?/ }, kind: 'status', status: 200, body })
    await next()
    expect(entries()).toEqual([])
    expect(sink.reports.at(-1)).toMatchObject({ status: 'INTERRUPTED', problem: { code: 'PAGING_LOOP' } })
  })
})
