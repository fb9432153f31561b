import { z } from 'zod'
import type { EventInterest } from '../events/stream/selection.ts'
import type { SourceState } from '../events/watch/source.ts'
import { packProblem, unpackProblem, type PackedProblem } from '../operations/packed-problem.ts'

/** Maximum number of conferences in a shared interest. Above it, the participants of all are polled. */
const maxConferences = 5_000

const StoredState = z.object({
  status: z.enum(['CONNECTING', 'INTERRUPTED', 'LIVE']),
  heardAt: z.number().nullable(),
  interval: z.number().nullable(),
  observedUntil: z.number().nullable(),
  observedSince: z.number().nullable(),
  problem: z.looseObject({ code: z.string(), message: z.string(), retryable: z.boolean() }).nullable(),
})

/** Message about an account that one process sends to the others. `from` identifies the sender. */
const PeerMessage = z.object({
  live: z.object({
    account: z.string(),
    from: z.string(),
    /** The watch has changed: interests must be loaded, or the lease is free. */
    isWatchChanged: z.literal(true).optional(),
    isPollRequested: z.literal(true).optional(),
    /** Null if no process watches the account anymore. */
    state: StoredState.nullable().optional(),
    outdated: z.object({ conference: z.string().nullable(), areUsersOutdated: z.boolean() }).optional(),
  }),
})
export type PeerMessage = z.infer<typeof PeerMessage>['live']
type StoredState = z.infer<typeof StoredState>

export const formatPeerMessage = (message: PeerMessage): string => JSON.stringify({ live: message })

/** Returns null if the text is not a message of this version, because other programs can publish to the channel. */
export const parsePeerMessage = (text: string): PeerMessage | null =>
  text.startsWith('{"live":') ? (PeerMessage.safeParse(parseJson(text)).data?.live ?? null) : null

/** Returns a state without what only this process knows. */
export const toStoredState = ({ status, problem, ...times }: SourceState): StoredState => ({
  ...times,
  status: status === 'UNSUPPORTED' ? 'CONNECTING' : status,
  problem: problem && { ...packProblem(problem) },
})

export const fromStoredState = ({ problem, ...state }: StoredState): SourceState => ({
  ...state,
  problem: problem && unpackProblem(problem as unknown as PackedProblem),
})

/** Returns null if the text is not a state. */
export function parseState(text: string): SourceState | null {
  const { data } = StoredState.safeParse(parseJson(text))
  return data ? fromStoredState(data) : null
}

/** Formats an interest. Equal for equal interests. */
export function formatInterest({ participantsOf }: EventInterest): string {
  if (typeof participantsOf === 'string') return JSON.stringify(participantsOf)
  return JSON.stringify(participantsOf.size > maxConferences ? 'all' : [...participantsOf].toSorted())
}

const StoredInterest = z.union([z.enum(['all', 'none']), z.array(z.string()).transform((ids) => new Set(ids))])

/** Returns null if the text is not an interest. */
export function parseInterest(text: string): EventInterest | null {
  const { data } = StoredInterest.safeParse(parseJson(text))
  return data === undefined ? null : { participantsOf: data }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
