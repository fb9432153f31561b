import { conferenceEventTypes, type PushedEvents } from '../vendor-events.ts'
import type { Config } from './config.ts'
import { createHookReader } from './event-hook.ts'

/** Creates the ways in which Zoom sends the events of an account. */
export function createPushedEvents({ credentials, webhookSecrets }: Config): PushedEvents {
  const accountId = 'accountId' in credentials ? credentials.accountId : null
  return {
    types: conferenceEventTypes,
    ...(webhookSecrets.length > 0 && { readHook: createHookReader({ secrets: webhookSecrets, accountId }) }),
    setupHint:
      'To receive events, configure "webhookSecret" and a webhook of your Zoom app, or "eventSubscription" for Zoom\'s event WebSocket.',
  }
}
