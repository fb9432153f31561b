import { GraphQLError, Kind } from 'graphql'
import type { DocumentNode, ExecutionResult, GraphQLSchema, OperationDefinitionNode } from 'graphql'
import { createYoga } from 'graphql-yoga'
import type { Plugin } from 'graphql-yoga'
import type { Caller } from '../caller.ts'
import { Problem } from '../errors.ts'
import type { Code } from '../errors.ts'
import type { OperationNotes } from '../operation-notes.ts'
import { limitCost } from './cost.ts'
import type { ListSizes } from './cost.ts'
import { measureIntrospection } from './introspection.ts'
import type { HttpLimits } from './limits.ts'
import type { Parameters } from './parameters.ts'
import { placeProblems } from './placed.ts'
import type { PreparedDocument } from './document-cache.ts'
import { DocumentPreparer } from './prepare.ts'
import { present } from './present.ts'
import type { Presentation } from './present.ts'
import { limitResponse } from './response-limit.ts'
import { answerOf, Refusal } from './status.ts'
import type { MediaType } from './status.ts'
import type { Timebox } from './timebox.ts'
import { limitVariables } from './variable-limits.ts'
import { explainVariables } from './variables.ts'

/** One operation on its way through the pipeline, and what is known of it for the log. */
export interface Exchange {
  caller: Caller
  requestId: string
  method: 'GET' | 'POST'
  mediaType: MediaType
  parameters: Parameters
  timebox: Timebox
  presentation: Presentation
  prepared?: PreparedDocument
  operation?: OperationDefinitionNode
  /** Codes of its GraphQL errors. */
  codes: readonly Code[]
  notes: OperationNotes
}

/** What the server puts into the execution of every operation; `signal` aborts with a Problem. */
export interface OperationRequest {
  caller: Caller
  requestId: string
  signal: AbortSignal
  /** Milliseconds since the epoch; moves while an upload makes progress. */
  readonly deadline: number
  notes: OperationNotes
}

export interface PipelineOptions {
  schema: GraphQLSchema
  limits: HttpLimits
  contextOf(request: OperationRequest): object
  /** Of the lists as long as the caller has accounts. */
  listSizes(caller: Caller): ListSizes
}

/** Parses, limits, validates and executes with Yoga; everything of HTTP but the status is settled before. */
export function createPipeline({ schema, limits, contextOf, listSizes }: PipelineOptions) {
  placeProblems(schema)
  const yoga = createYoga<{ exchange: Exchange }>({
    schema,
    context: ({ exchange: { caller, requestId, timebox, notes } }) =>
      contextOf({
        caller,
        requestId,
        signal: timebox.signal,
        get deadline() {
          return timebox.deadline
        },
        notes,
      }),
    plugins: [usePreparation(schema, limits, listSizes), useTimebox(), useVariables(schema), useAnswer(limits)],
    graphiql: false,
    landingPage: false,
    cors: false,
    multipart: false,
    batching: false,
    maskedErrors: false,
    logging: false,
    parserAndValidationCache: false,
    maxRequestBodySize: false,
  })
  return async (exchange: Exchange): Promise<{ status: number; headers: Record<string, string>; body: string }> => {
    const { method, mediaType } = exchange
    const init = { method, headers: { accept: mediaType } }
    const response = await yoga.fetch('http://localhost/graphql', init, { exchange })
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
  }
}

type PipelinePlugin = Plugin<{ exchange: Exchange }, { exchange: Exchange }>

/** Parses and validates, after the limits that keep both cheap. */
function usePreparation(
  schema: GraphQLSchema,
  limits: HttpLimits,
  listSizes: PipelineOptions['listSizes'],
): PipelinePlugin {
  const preparer = new DocumentPreparer(schema, limits)
  const introspection = measureIntrospection(schema)
  return {
    onRequestParse: ({ serverContext, setRequestParser }) => setRequestParser(() => serverContext.exchange.parameters),
    onParse: ({ context: { exchange }, setParsedDocument }) => {
      const { query, operationName, variables = {} } = exchange.parameters
      const prepared = preparer.prepare(query, exchange.caller)
      const operation = chooseOperation(prepared.document, operationName)
      exchange.prepared = prepared
      exchange.operation = operation
      mayRun(operation, exchange)
      limitCost(prepared.document, operation, variables, listSizes(exchange.caller), limits, introspection)
      limitVariables(schema, operation, variables, limits.ids)
      setParsedDocument(prepared.document)
    },
    onValidate: ({ context: { exchange }, setResult }) => {
      const { prepared, caller } = exchange
      if (prepared) setResult([...preparer.validate(prepared, caller)])
    },
  }
}

function chooseOperation(document: DocumentNode, name: string | undefined): OperationDefinitionNode {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION)
  const named = name ? operations.filter((operation) => operation.name?.value === name) : operations
  const [operation] = named
  if (operation && (named.length === 1 || name)) return operation
  const text = operation ? 'Several operations: operationName must say which.' : 'There is no operation of that name.'
  throw new Problem('BAD_USER_INPUT', text)
}

function mayRun({ operation: kind }: OperationDefinitionNode, { method, caller }: Exchange): void {
  if (kind === 'subscription') throw new Problem('BAD_USER_INPUT', 'Subscriptions are not supported.')
  if (kind === 'mutation' && method === 'GET') {
    const problem = new Problem('BAD_USER_INPUT', 'A mutation must be sent by POST.')
    throw new Refusal(problem, { status: 405, headers: { allow: 'POST' } })
  }
  const scope = kind === 'mutation' ? 'write' : 'read'
  if (!caller.scopes.has(scope)) throw new Problem('FORBIDDEN', `A ${kind} takes the scope ${scope}.`)
}

function useTimebox(): PipelinePlugin {
  return {
    onExecute: ({ executeFn, setExecuteFn, args }) => {
      const { timebox } = (args.contextValue as { exchange: Exchange }).exchange
      setExecuteFn((execution) => Promise.race([executeFn(execution), timebox.overdue]))
    },
  }
}

/** Refuses variables that cannot be read. The executor's own words hold their values, and take long over large ones. */
function useVariables(schema: GraphQLSchema): PipelinePlugin {
  return {
    onExecute: ({ args, setResultAndStopExecution }) => {
      const { operation, parameters } = (args.contextValue as { exchange: Exchange }).exchange
      if (!operation) return
      const problems = explainVariables(schema, operation, parameters.variables ?? {})
      const errors = problems.map((problem) => new GraphQLError(problem.message, { originalError: problem }))
      if (errors.length > 0) setResultAndStopExecution({ errors })
    },
  }
}

/** Turns whatever came out into what the caller may see, within the limit of its size, and with its HTTP status. */
function useAnswer({ errors: maxErrors, responseBytes }: HttpLimits): PipelinePlugin {
  return {
    onResultProcess: ({ result, setResult, serverContext: { exchange } }) => {
      const { data, errors: failures } = result as ExecutionResult
      const errors = failures?.slice(0, maxErrors).map((error) => present(error, exchange.presentation))
      const response = limitResponse(
        { ...(errors && { errors }), ...(data !== undefined && { data: data as Record<string, unknown> | null }) },
        {
          maxBytes: responseBytes,
          isMutation: exchange.operation?.operation === 'mutation',
          format: (problem, path) => ({ ...present(problem, exchange.presentation), ...(path && { path }) }),
        },
      )
      exchange.codes = response.errors?.map((error) => error.extensions.code) ?? []
      const refusal = failures?.[0]?.originalError
      const http =
        refusal instanceof Refusal ? refusal.answer : answerOf(exchange.codes, data !== undefined, exchange.mediaType)
      setResult({ ...response, extensions: { http } } as object)
    },
  }
}
