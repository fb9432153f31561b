import { conferenceEventTypes, type PushedEvents } from '../vendor-events.ts'
import type { Config } from './config.ts'
import { createHookReader } from './event-hook.ts'
import { createEventSocket } from './event-socket.ts'

/** Creates the ways in which Zoom sends the events of an account. */
export function createPushedEvents(settings: Config): PushedEvents {
  const { credentials, webhookSecrets } = settings
  const accountId = 'accountId' in credentials ? credentials.accountId : null
  const socket = createEventSocket(settings, accountId)
  return {
    types: conferenceEventTypes,
    ...(webhookSecrets.length > 0 && { readHook: createHookReader({ secrets: webhookSecrets, accountId }) }),
    ...(socket && { socket }),
    setupHint:
      'To receive events, configure "webhookSecret" and a webhook of your Zoom app, or "eventSubscription" for Zoom\'s event WebSocket.',
  }
}
