import { randomUUID } from 'node:crypto'
import { print } from 'graphql'
import type { DocumentNode } from 'graphql'
import type { TypedDocument } from '../client/client.ts'
import { createResponseError, ParleyError } from '../client/errors.ts'
import type { ServerTarget } from '../client/destination.ts'
import type { ProblemFieldsFragment } from '../client/gql/graphql.ts'
import { sendOperation } from './send-operation.ts'
import type { CommandLine } from './command.ts'
import { exit, getExitCodeOfError, getExitCodeOfOutcome } from './exit.ts'
import { listenForInterruption } from './interruption.ts'
import type { WriteRows } from './output.ts'
import { formatUnknownOutcome } from './rerun.ts'
import { getServerAddress } from './server-address.ts'

export interface MutationPayloadFields {
  outcome: string
  replayed: boolean
  problems: readonly ProblemFieldsFragment[]
}

export type MutationDocument<Result, Input> = TypedDocument<Result, { input: Input }>

/** Sends one mutation and returns its payload. @throws ParleyError if the response has no payload. */
export async function requestPayload<Result extends object, Input>(
  server: ServerTarget,
  document: MutationDocument<Result, Input>,
  input: Input,
): Promise<Result[keyof Result]> {
  const query = print(document as unknown as DocumentNode)
  const { data, errors } = await sendOperation(server, { query, variables: { input } }, true)
  const [payload] = Object.values(data ?? {})
  if (!payload) throw createResponseError(errors, data, true)
  return payload as Result[keyof Result]
}

/** Sends one mutation and prints the part of its payload that `select` returns. Returns the exit code. */
export async function runMutation<Result extends object, MutationInput extends object>(
  input: CommandLine,
  document: MutationDocument<Result, MutationInput>,
  mutationInput: MutationInput,
  select: (payload: Result[keyof Result]) => object | null,
  write: WriteRows,
): Promise<number> {
  const signal = listenForInterruption()
  const server = { ...getServerAddress(input), signal }
  const idempotencyKey = input.getOption('idempotency-key') ?? randomUUID()
  const code = await requestPayload(server, document, { ...mutationInput, idempotencyKey }).then(
    (payload) => {
      const { outcome, problems } = payload as MutationPayloadFields
      for (const problem of problems) process.stderr.write(`${formatInputProblem(problem)}\n`)
      const result = select(payload)
      if (result) write([result])
      return getExitCodeOfOutcome(outcome)
    },
    (error: unknown) => {
      if (!(error instanceof ParleyError)) throw error
      process.stderr.write(signal.aborted ? 'Interrupted.\n' : `${error.code}: ${error.message}\n`)
      return signal.aborted ? exit.unknown : getExitCodeOfError(error)
    },
  )
  if (code === exit.unknown) process.stderr.write(`${formatUnknownOutcome([idempotencyKey], idempotencyKey)}\n`)
  return code
}

export const formatInputProblem = ({ code, message, path }: ProblemFieldsFragment): string =>
  `${code}${path ? ` at ${path.join('.')}` : ''}: ${message}`
