import { startPolling, type PollingOptions } from './polling.ts'
import { trueconf } from '../../src/vendors/trueconf/index.ts'
import type { TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import type { Conference, Server } from '../../src/sandboxes/trueconf/model.ts'

/** Path of the list of conferences. */
export const path = '/api/v3.8/conferences'

/** Starts polling a sandbox of TrueConf. Its data can be changed as others change it. */
export async function startTrueConfPolling(options: PollingOptions = {}) {
  const seed = { users: 20, conferences: 35, running: 2, ...options.sandbox }
  const polling = await startPolling<TrueConfSandbox>(trueconf, { ...options, sandbox: seed })
  const { data, settings } = polling.sandbox
  const server = { data, settings, now: polling.clock.now } as unknown as Server
  const stopped = [...data.conferences.values()].filter(({ call }) => !call)
  const running = [...data.conferences.values()].filter(({ call }) => call)
  const add = (id: string, changes: Partial<Conference> = {}): Conference => {
    const conference: Conference = { ...stopped[0]!, id, invitations: [], ...changes }
    data.conferences.set(id, conference)
    return conference
  }
  return { ...polling, data, server, stopped, running, add, seconds: () => Math.floor(polling.clock.now() / 1000) }
}
