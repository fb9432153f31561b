import { setTimeout as pause } from 'node:timers/promises'
import { print } from 'graphql'
import type { DocumentNode } from 'graphql'
import { createResponseError, ParleyError } from '../client/errors.ts'
import { ConferenceDocument, OperationDocument } from '../client/gql/graphql.ts'
import { sendOperation } from './send-operation.ts'
import type { CommandLine } from './command.ts'
import { exit, getExitCodeOfError, getExitCodeOfOutcome, UsageError } from './exit.ts'
import { listenForInterruption } from './interruption.ts'
import { getServerAddress } from './server-address.ts'

/** The object that the command queries, and the condition that ends the wait. */
interface WaitTarget {
  document: unknown
  id: string
  /** Name of the field in the result. */
  field: string
  isReached(value: Record<string, unknown>): boolean
  /** Exit code for the last value. */
  getExitCode(value: Record<string, unknown>): number
}

const firstDelayMs = 1_000
const maxDelayMs = 10_000

/** `parley wait`: queries an object until the condition is met. Returns the exit code. @throws UsageError if an option is invalid. */
export async function runWaitCommand(input: CommandLine): Promise<number> {
  const target = readTarget(input)
  const timeout = input.getOption('timeout') ?? '120'
  if (!/^\d{1,6}$/.test(timeout)) throw new UsageError('"--timeout" must be a number of seconds from 0 to 999,999.')
  const endsAt = performance.now() + Number(timeout) * 1_000
  const signal = listenForInterruption()
  const server = { ...getServerAddress(input), signal }
  for (let delay = firstDelayMs; ; delay = Math.min(maxDelayMs, delay * 1.5)) {
    const value = await fetchTarget(server, target).catch((error: unknown) => {
      if (error instanceof ParleyError && (signal.aborted || error.retryable)) return error
      throw error
    })
    if (signal.aborted) return signal.reason as number
    const left = endsAt - performance.now()
    if (!(value instanceof ParleyError) && (left <= 0 || target.isReached(value))) return printResult(target, value)
    if (value instanceof ParleyError && left <= 0) {
      process.stderr.write(`${value.code}: ${value.message}\n`)
      return getExitCodeOfError(value)
    }
    await pause(Math.min(delay, left), undefined, { signal }).catch(() => {})
    if (signal.aborted) return signal.reason as number
  }
}

function readTarget(input: CommandLine): WaitTarget {
  const [operation, conference] = [input.getOption('operation'), input.getOption('conference')]
  const state = input.getOption('state')
  if ((operation === undefined) === (conference === undefined))
    throw new UsageError('Either "--operation" or "--conference" is required.')
  if ((conference === undefined) !== (state === undefined))
    throw new UsageError('"--conference" and "--state" are required together.')
  if (operation !== undefined)
    return {
      document: OperationDocument,
      id: operation,
      field: 'operation',
      isReached: ({ outcome }) => outcome !== 'PENDING' && outcome !== 'UNKNOWN',
      getExitCode: ({ outcome }) => getExitCodeOfOutcome(outcome),
    }
  const hasState = (value: Record<string, unknown>): boolean => value['state'] === state
  return {
    document: ConferenceDocument,
    id: conference!,
    field: 'conference',
    isReached: hasState,
    getExitCode: (value) => (hasState(value) ? exit.success : exit.unavailable),
  }
}

/** @throws ParleyError if the object cannot be fetched. */
async function fetchTarget(server: Parameters<typeof sendOperation>[0], { document, id, field }: WaitTarget) {
  const { data, errors } = await sendOperation(
    server,
    { query: print(document as DocumentNode), variables: { id } },
    false,
  )
  const value = data?.[field]
  if (value) return value as Record<string, unknown>
  if (errors.length > 0) throw createResponseError(errors, data, false)
  throw new ParleyError('NOT_FOUND', `The ${field} was not found.`, { outcomeUnknown: false })
}

function printResult(target: WaitTarget, value: Record<string, unknown>): number {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
  if (!target.isReached(value))
    process.stderr.write(
      'The timeout expired before the outcome was known or the state was reached. Run the command again.\n',
    )
  return target.getExitCode(value)
}
