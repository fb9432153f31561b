import { GraphQLError, OperationTypeNode } from 'graphql'
import type { GraphQLSchema } from 'graphql'
import type { Caller } from '../auth/caller.ts'
import { Problem } from '../core/errors.ts'
import type { SubgraphNames } from '../federation/names.ts'
import type { OperationExecution, OperationRequest } from './operation-execution.ts'
import { executeOperation } from '../execution/execute.ts'
import { CostCheck, withoutDocumentLimits } from './guard/cost-check.ts'
import type { ListSizes } from './guard/cost.ts'
import { measureIntrospection } from './guard/introspection.ts'
import type { HttpLimits } from './limits.ts'
import { assertEventStream } from './request/negotiate.ts'
import { DocumentFinder, type DocumentOptions } from './document/document-finder.ts'
import { DocumentPreparer } from './document/document-preparer.ts'
import type { PreparedOperation } from './document/prepared-operation.ts'
import type { TrustedDocument } from './document/trusted-list.ts'
import { eventStreamType, HttpError } from './response/http-error.ts'
import {
  createOperationResponse,
  type ExecutionOutcome,
  type OperationResponse,
} from './response/operation-response.ts'
import { Subscription } from './stream/subscription.ts'
import { assertVariableLimits } from './guard/variable-limits.ts'
import { addLiterals, coerceVariables } from './document/variables.ts'

export interface PipelineOptions {
  schema: GraphQLSchema
  limits: HttpLimits
  createContext(request: OperationRequest): object
  /** Returns the sizes of lists, which depend on the number of accounts of the caller. */
  getListSizes(caller: Caller): ListSizes
  documents: DocumentOptions
  /** Names of the subgraph. Omitted if the schema is not that of a subgraph. */
  names?: SubgraphNames
}

/** A subscription is returned instead of a response if it can be executed. */
export type PipelineResult = OperationResponse | Subscription

/** Executes operations, and formats their responses. */
export class Pipeline {
  readonly #options: PipelineOptions
  readonly #preparer: DocumentPreparer
  readonly #finder: DocumentFinder
  readonly #costCheck: CostCheck
  readonly #trustedCostCheck: CostCheck

  constructor(options: PipelineOptions) {
    const { schema, limits, names = null } = options
    this.#options = options
    this.#preparer = new DocumentPreparer(schema, limits)
    this.#finder = new DocumentFinder(options.documents)
    const introspection = measureIntrospection(schema)
    this.#costCheck = new CostCheck({ limits, introspection, names })
    this.#trustedCostCheck = new CostCheck({ limits: withoutDocumentLimits(limits), introspection, names })
  }

  /** Executes the operation of a request. Returns a promise only if the operation is asynchronous. */
  run(execution: OperationExecution): PipelineResult | Promise<PipelineResult> {
    return this.#respond(execution, () => this.#finder.find(execution.parameters, execution.caller))
  }

  /** Executes an operation of a document of the server, whatever documents the caller can send. */
  runTrusted(document: TrustedDocument, execution: OperationExecution): PipelineResult | Promise<PipelineResult> {
    return this.#respond(execution, () => document)
  }

  #respond(
    execution: OperationExecution,
    findDocument: () => TrustedDocument | string,
  ): PipelineResult | Promise<PipelineResult> {
    const respond = (outcome: ExecutionOutcome): OperationResponse =>
      createOperationResponse(outcome, execution, this.#options.limits)
    const fail = (error: unknown): OperationResponse => respond({ errors: [error] })
    try {
      const outcome = this.#execute(execution, findDocument())
      if (outcome instanceof Subscription) return outcome
      return outcome instanceof Promise ? outcome.then(respond, fail) : respond(outcome)
    } catch (error) {
      return fail(error)
    }
  }

  #execute(
    execution: OperationExecution,
    found: TrustedDocument | string,
  ): Subscription | ExecutionOutcome | Promise<ExecutionOutcome> {
    const { schema, limits, createContext, getListSizes } = this.#options
    const { parameters, caller, timer } = execution
    const { operationName, variables: inputs = {} } = parameters
    const trusted = typeof found === 'string' ? null : found
    const requested =
      typeof found === 'string'
        ? this.#preparer.prepare(found, caller)
        : { prepared: found.prepared, literals: null, cut: null }
    const { prepared, literals } = requested
    execution.documentId = trusted?.id ?? null
    const operation = prepared.chooseOperation(operationName)
    execution.operation = operation.definition
    rejectForbidden(operation, execution, schema)
    const variables = literals ? addLiterals(operation.variables, inputs, literals) : inputs
    const costCheck = trusted ? this.#trustedCostCheck : this.#costCheck
    costCheck.check(prepared.document, operation, variables, getListSizes(caller))
    assertVariableLimits(operation.variables, variables, limits.ids)
    const errors = trusted ? findIntrospectionErrors(trusted, caller) : this.#preparer.validate(requested, caller)
    if (errors.length > 0) return { errors }
    const coerced = coerceVariables(operation.variables, variables)
    if ('problems' in coerced) return { errors: coerced.problems.map(toError) }
    const { plan } = operation
    const { values } = coerced
    if (operation.definition.operation === OperationTypeNode.SUBSCRIPTION)
      return new Subscription(plan, values, trusted ? 0 : prepared.sizeBytes)
    const executed = executeOperation({ plan, variables: values, context: createContext(execution) })
    return executed instanceof Promise ? timer.settle(executed) : executed
  }
}

const noErrors: readonly GraphQLError[] = []

function findIntrospectionErrors(
  { introspectionErrors }: TrustedDocument,
  { scopes }: Caller,
): readonly GraphQLError[] {
  return scopes.has('explore') ? noErrors : introspectionErrors
}

const toError = (problem: Problem): GraphQLError => new GraphQLError(problem.message, { originalError: problem })

function rejectForbidden(
  { definition: { operation: kind } }: PreparedOperation,
  execution: OperationExecution,
  schema: GraphQLSchema,
): void {
  const { method, caller, accept } = execution
  if (kind === OperationTypeNode.SUBSCRIPTION) {
    assertEventStream(accept)
    execution.mediaType = eventStreamType
    if (!schema.getSubscriptionType()) throw new Problem('BAD_USER_INPUT', 'The schema has no subscriptions.')
  }
  if (kind === OperationTypeNode.MUTATION && method === 'GET') {
    const problem = new Problem('BAD_USER_INPUT', 'A mutation must be sent with POST.')
    throw new HttpError(problem, { status: 405, headers: { allow: 'POST' } })
  }
  const scope = kind === OperationTypeNode.MUTATION ? 'write' : 'read'
  if (!caller.scopes.has(scope)) throw new Problem('FORBIDDEN', `A ${kind} requires the scope "${scope}".`)
}
