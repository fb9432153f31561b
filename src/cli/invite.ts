import { setTimeout as pause } from 'node:timers/promises'
import { ParleyError } from '../client/errors.ts'
import { InviteParticipantDocument } from '../client/gql/graphql.ts'
import type { InviteeInput } from '../client/gql/graphql.ts'
import type { ServerTarget } from '../client/destination.ts'
import type { CommandLine } from './command.ts'
import { exit, getExitCodeOfError, getExitCodeOfOutcome, UsageError } from './exit.ts'
import { listenForInterruption } from './interruption.ts'
import { computeIdempotencyKey, createInvitee, readInvitees } from './invitees.ts'
import { requestPayload } from './mutate.ts'
import { createWriter } from './output.ts'
import { parseCsv } from './parse-csv.ts'
import { readText } from './read-text.ts'
import { formatRerun } from './rerun.ts'
import { getServerAddress } from './server-address.ts'
import { StatusLine } from './status-line.ts'

interface Invitation {
  row: number
  user: string
  outcome: string
  replayed: boolean
  code: string | null
  message: string | null
  participantId: string | null
}

interface InvitationResult {
  invitation: Invitation
  exitCode: number
  /** When to retry, in milliseconds since the epoch. Null if a retry does not help. */
  retryAt: number | null
}

const maxDelayMs = 60_000

/** `parley conference invite`: sends one mutation per row, each with its own idempotency key. Returns the exit code. */
export async function runInviteCommand(input: CommandLine): Promise<number> {
  const conferenceId = input.arguments[0]!
  const runKey = input.getOption('run-key') ?? ''
  const invitees = readOptions(input)
  const signal = listenForInterruption()
  const server = { ...getServerAddress(input), signal }
  const write = createWriter(input, ['row', 'user', 'outcome', 'replayed', 'code', 'message', 'participantId'])
  const status = new StatusLine(process.stderr, process.stdout.isTTY !== true)
  const results: InvitationResult[] = []
  for (const [index, invitee] of invitees.entries()) {
    if (signal.aborted) break
    const idempotencyKey = computeIdempotencyKey(conferenceId, invitee, runKey)
    const result = await inviteOnce(server, { conferenceId, invitee, idempotencyKey }, index + 1)
    results.push(result)
    status.clear()
    write([result.invitation])
    status.show(() => `${results.length} of ${invitees.length} invitations`)
  }
  status.clear()
  return printSummary(results, invitees.length, signal, status)
}

function readOptions(input: CommandLine): InviteeInput[] {
  const [file, users] = [input.getOption('file'), input.getOptionValues('user')]
  if ((file === undefined) === (users.length === 0)) throw new UsageError('Either "--file" or "--user" is required.')
  if (file !== undefined) return readInvitees(parseCsv(readText(file)))
  return users.map((user) => createInvitee(user, '', input.getOption('role') ?? ''))
}

type InvitationInput = { conferenceId: string; invitee: InviteeInput; idempotencyKey: string }

/** Retries once if nothing was sent and the retry is possible within 60 s. */
async function inviteOnce(server: ServerTarget, variables: InvitationInput, row: number): Promise<InvitationResult> {
  const first = await sendInvitation(server, variables, row)
  const delay = first.retryAt === null ? null : Math.max(0, first.retryAt - Date.now())
  if (delay === null || delay > maxDelayMs) return first
  await pause(delay, undefined, { signal: server.signal! }).catch(() => {})
  return server.signal!.aborted ? first : sendInvitation(server, variables, row)
}

async function sendInvitation(
  server: ServerTarget,
  variables: InvitationInput,
  row: number,
): Promise<InvitationResult> {
  const { email, id } = variables.invitee.user
  const user = email ?? id ?? ''
  try {
    const payload = await requestPayload(server, InviteParticipantDocument, variables)
    const [problem] = payload.problems
    const { outcome, replayed, participant } = payload
    const isRetryable = outcome === 'NOT_SENT'
    const retryAt = isRetryable && problem?.retryAt ? new Date(problem.retryAt).getTime() : null
    const [code, message] = [problem?.code ?? null, problem?.message ?? null]
    const invitation = { row, user, outcome, replayed, code, message, participantId: participant?.id ?? null }
    return { invitation, exitCode: getExitCodeOfOutcome(outcome), retryAt }
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error
    const exitCode = server.signal!.aborted ? exit.unknown : getExitCodeOfError(error)
    const outcome = exitCode === exit.unknown ? 'UNKNOWN' : error.retryable ? 'NOT_SENT' : 'REJECTED'
    const { code, message } = error
    const invitation = { row, user, outcome, replayed: false, code, message, participantId: null }
    return { invitation, exitCode, retryAt: error.retryable ? (error.retryAt?.getTime() ?? null) : null }
  }
}

/** Prints the summary. Returns the exit code of the worst result. */
function printSummary(
  results: readonly InvitationResult[],
  total: number,
  signal: AbortSignal,
  status: StatusLine,
): number {
  const counts = Map.groupBy(results, ({ invitation: { outcome, replayed } }) =>
    outcome === 'SUCCEEDED' ? (replayed ? 'already invited' : 'invited') : outcome,
  )
  const getCount = (name: string): number => counts.get(name)?.length ?? 0
  const unknown = getCount('UNKNOWN') + getCount('PENDING')
  const notSent = getCount('NOT_SENT') + total - results.length
  status.printLine(
    `${total} ${total === 1 ? 'row' : 'rows'}: ${getCount('invited')} invited, ${getCount('already invited')} already invited, ` +
      `${getCount('REJECTED')} rejected, ${unknown} unknown, ${notSent} not sent.`,
  )
  if (unknown + notSent > 0)
    status.printLine(
      `To finish, run this command again. It invites nobody twice:\n  ${formatRerun(process.argv.slice(2), null)}`,
    )
  const codes = new Set(results.map(({ exitCode }) => exitCode))
  const worst = [exit.unknown, exit.usage, exit.rejected, exit.unavailable].find((code) => codes.has(code))
  return worst ?? (signal.aborted ? (signal.reason as number) : exit.success)
}
