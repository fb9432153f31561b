import { randomUUID } from 'node:crypto'
import { print } from 'graphql'
import type { DocumentNode, OperationDefinitionNode } from 'graphql'
import type { GraphqlResponse } from '../client/graphql-response.ts'
import { ParleyError } from '../client/errors.ts'
import { printAll } from './print-all.ts'
import { sendOperation, type OperationTarget } from './send-operation.ts'
import type { CommandLine } from './command.ts'
import { createDefaultDocument } from './default-document.ts'
import { chooseOperation, tryParseDocument, addOutcomes } from './document.ts'
import { formatErrorLine } from './format-error-line.ts'
import { exit, getExitCodeOfResponse, getExitCodeOfError, UsageError } from './exit.ts'
import { addIdempotencyKeys } from './idempotency-keys.ts'
import { listenForInterruption } from './interruption.ts'
import { createPagedDocument } from './paged-document.ts'
import { readText } from './read-text.ts'
import { formatUnknownOutcome } from './rerun.ts'
import { getServerAddress } from './server-address.ts'
import { readVariables } from './variables.ts'
import type { GraphqlVariables } from './variables.ts'

/** `parley query`: sends a document, and with `--all` requests all pages of a list. Returns the exit code. */
export async function runQueryCommand(input: CommandLine): Promise<number> {
  const [file] = input.arguments
  const [all, after, name] = [input.getOption('all'), input.getOption('after'), input.getOption('operation')]
  if (file === undefined && all === undefined) throw new UsageError('"FILE" is required. Write "-" for standard input.')
  if (after !== undefined && all === undefined) throw new UsageError('"--after" requires "--all".')
  const server = { ...getServerAddress(input), isFresh: input.hasFlag('fresh') }
  const text = file === undefined ? createDefaultDocument(all!) : readText(file)
  const json = input.getOption('variables')
  const document = tryParseDocument(text)
  if (!document)
    return printResponse(await sendOperation(server, { query: text, variables: {}, operationName: name }, false), false)
  const operation = chooseOperation(document, name)
  const variables = readVariables(
    operation,
    input.getOptionValues('var'),
    json === undefined ? undefined : readText(json),
  )
  if (all === undefined && operation.operation === 'mutation')
    return printMutation(server, document, operation, variables, input.getOption('idempotency-key') ?? randomUUID())
  return all === undefined
    ? printOnce(server, document, operation, variables)
    : printPages(server, document, operation, variables, { path: all.split('.'), after })
}

async function printOnce(
  server: OperationTarget,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: GraphqlVariables,
): Promise<number> {
  const query = document.loc?.source.body ?? print(document)
  return printResponse(
    await sendOperation(server, { query, variables, operationName: operation.name?.value }, false),
    false,
  )
}

/** Sends a mutation with idempotency keys. If its outcome is unknown, prints the command that learns it. */
async function printMutation(
  server: OperationTarget,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: GraphqlVariables,
  key: string,
): Promise<number> {
  const withOutcome = addOutcomes(document, operation)
  const root = chooseOperation(withOutcome, operation.name?.value)
  const keyed = addIdempotencyKeys(withOutcome, root, variables, key)
  const request = { query: print(keyed.document), variables: keyed.variables, operationName: operation.name?.value }
  const signal = listenForInterruption()
  let code: number
  try {
    code = printResponse(await sendOperation({ ...server, signal }, request, true), true)
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error
    process.stderr.write(signal.aborted ? 'Interrupted.\n' : `${error.code}: ${error.message}\n`)
    code = signal.aborted ? exit.unknown : getExitCodeOfError(error)
  }
  if (code === exit.unknown && keyed.keys.length > 0)
    process.stderr.write(`${formatUnknownOutcome(keyed.keys, keyed.isAdded ? key : null)}\n`)
  return code
}

async function printPages(
  server: OperationTarget,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: GraphqlVariables,
  { path, after }: { path: string[]; after: string | undefined },
): Promise<number> {
  if (operation.operation !== 'query') throw new UsageError('"--all" requires a query.')
  const paged = createPagedDocument(document, operation, path, variables)
  const text = print(paged.document)
  const operationName = operation.name?.value
  return printAll({
    path,
    after: after ?? paged.after,
    load: (cursor, signal) => {
      const all = { ...variables, [paged.cursor]: cursor }
      return sendOperation({ ...server, signal }, { query: text, variables: all, operationName }, false)
    },
  })
}

function printResponse(response: GraphqlResponse, isMutation: boolean): number {
  const { data, errors, extensions } = response
  const printed = { ...(errors.length > 0 && { errors }), data, ...(extensions && { extensions }) }
  process.stdout.write(`${JSON.stringify(printed, null, 2)}\n`)
  for (const error of errors) process.stderr.write(`${formatErrorLine(error)}\n`)
  return getExitCodeOfResponse(response, isMutation)
}
