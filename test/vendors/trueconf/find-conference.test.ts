import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { asList, open, type Opened } from './client.ts'

const publicHost = 'video.example.com'

let opened: Opened
beforeEach(async () => {
  opened = await open({
    // The server's public name differs from `serverUrl`.
    before: (request, _response, serve) => {
      request.headers.host = publicHost
      serve()
    },
  })
})
afterEach(async () => {
  vi.useRealTimers()
  await opened.close()
})

const find = (host: string, id: string) =>
  opened.vendor.findConference({ joinUrl: new URL(`https://${host}/c/${id}`) }, opened.call())
const getId = () => opened.sandbox.data.conferences.keys().next().value!

test('finds a conference by the public name of a server that was never read', async () => {
  const id = getId()
  expect(await find(publicHost, id)).toMatchObject({ vendorId: id })
  expect(opened.takeRequests()).toEqual([`GET /conferences/${id}`])
})

test('compares the host of the link with those of the conference', async () => {
  expect(await find('evil.example', getId())).toBeNull()
  expect(opened.takeRequests()).toHaveLength(1)
})

test('learns the hosts of links from a list, and makes no call for another host for 10 minutes', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const id = getId()
  await asList(opened.vendor.conferences({})).loadPage({ size: 20, number: 0 }, opened.call())
  opened.takeRequests()
  expect(await find('evil.example', id)).toBeNull()
  expect(opened.takeRequests()).toEqual([])
  expect(await find(publicHost, id)).toMatchObject({ vendorId: id })
  expect(opened.takeRequests()).toHaveLength(1)
  vi.advanceTimersByTime(600_000)
  expect(await find('evil.example', id)).toBeNull()
  expect(opened.takeRequests()).toHaveLength(1)
})
