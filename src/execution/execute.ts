import { GraphQLError, OperationTypeNode } from 'graphql'
import type { GraphQLObjectType } from 'graphql'
import { inspect } from 'graphql/jsutils/inspect.js'
import { getRuntimeType, resolveType } from './abstract-type.ts'
import { Execution } from './execution.ts'
import { estimateBytes, minValueBytes, serializeLeaf } from './leaf.ts'
import type { OperationPlan } from './operation-plan.ts'
import { ResolveInfo } from './resolve-info.ts'
import { ResponsePath } from './response-path.ts'
import type { FieldPlan, SelectionPlan } from './selection-plan.ts'
import type { TypePlan } from './type-plan.ts'

export interface ExecutionRequest {
  plan: OperationPlan
  /** Coerced. */
  variables: Record<string, unknown>
  context: unknown
  rootValue?: unknown
}

export interface Executed {
  errors?: readonly GraphQLError[]
  data: Record<string, unknown> | null
  /** Upper bound of the bytes of the data as JSON, as `measureJson` counts them. */
  maxBytes: number
}

type Result = Record<string, unknown>

/** Executes an operation of a valid document: the same result as that of graphql's `execute`. Is synchronous if all its resolvers are. */
export function executeOperation({
  plan,
  variables,
  context,
  rootValue,
}: ExecutionRequest): Executed | Promise<Executed> {
  const execution = new Execution(plan, variables, context, rootValue)
  try {
    const data = executeRoot(execution)
    if (!(data instanceof Promise)) return toExecuted(execution, data)
    return data.then(
      (resolved) => toExecuted(execution, resolved),
      (error: unknown) => toFailed(execution, error),
    )
  } catch (error) {
    return toFailed(execution, error)
  }
}

function toExecuted({ collected: { errors }, maxBytes }: Execution, data: Result | null): Executed {
  return errors.length === 0 ? { data, maxBytes } : { errors, data, maxBytes }
}

function toFailed(execution: Execution, error: unknown): Executed {
  execution.collected.add(error as GraphQLError, undefined)
  return toExecuted(execution, null)
}

function executeRoot(execution: Execution): Result | Promise<Result> {
  const { plan, variant, variables, rootValue } = execution
  const { operation } = plan
  const type = plan.schema.getRootType(operation.operation)
  if (!type)
    throw new GraphQLError(`Schema is not configured to execute ${operation.operation} operation.`, {
      nodes: operation,
    })
  const selection = variant.getRoot(type, variables)
  return operation.operation === OperationTypeNode.MUTATION
    ? executeSerially(execution, selection, rootValue)
    : executeFields(execution, selection, rootValue, undefined)
}

/** Each field begins when the one before it has ended. */
function executeSerially(execution: Execution, selection: SelectionPlan, source: unknown): Result | Promise<Result> {
  execution.maxBytes += selection.minBytes
  const executeNext = (results: Result, field: FieldPlan): Result | Promise<Result> => {
    const value = executeField(execution, field, source, undefined)
    if (value instanceof Promise)
      return value.then((resolved: unknown) => {
        results[field.responseName] = resolved
        return results
      })
    results[field.responseName] = value
    return results
  }
  let done: Result | Promise<Result> = selection.createResult()
  for (const field of selection.fields)
    done = done instanceof Promise ? done.then((results) => executeNext(results, field)) : executeNext(done, field)
  return done
}

function executeFields(
  execution: Execution,
  selection: SelectionPlan,
  source: unknown,
  path: ResponsePath | undefined,
): Result | Promise<Result> {
  const { fields } = selection
  const results = selection.createResult()
  execution.maxBytes += selection.minBytes
  let hasPromise = false
  try {
    for (let index = 0; index < fields.length; index++) {
      const field = fields[index]!
      const value = executeField(execution, field, source, path)
      results[field.responseName] = value
      if (value instanceof Promise) hasPromise = true
    }
  } catch (error) {
    if (!hasPromise) throw error
    // What the other fields reject with must be handled, too.
    return settleFields(selection, results).finally(() => {
      throw error
    })
  }
  return hasPromise ? settleFields(selection, results) : results
}

async function settleFields(selection: SelectionPlan, results: Result): Promise<Result> {
  const values = await Promise.all(Object.values(results))
  const settled = selection.createResult()
  Object.keys(results).forEach((name, index) => (settled[name] = values[index]))
  return settled
}

function executeField(
  execution: Execution,
  field: FieldPlan,
  source: unknown,
  parentPath: ResponsePath | undefined,
): unknown {
  const { type } = field
  let path: ResponsePath | undefined
  try {
    let value: unknown
    if (field.resolve === null) {
      value = readProperty(execution, field, source, parentPath)
      // Most fields: nothing else is looked at.
      if (typeof value === 'string' && type.kind === 'leaf' && type.isText) {
        execution.maxBytes += estimateBytes(value)
        return value
      }
      path = createPath(field, parentPath)
    } else {
      path = createPath(field, parentPath)
      const info = new ResolveInfo(execution, field, path)
      value = field.resolve(source, field.getArguments(execution.variables), execution.context, info)
    }
    const place = path
    const completed = isThenable(value)
      ? Promise.resolve(value).then((resolved) => completeValue(execution, field, type, place, resolved))
      : completeValue(execution, field, type, place, value)
    if (!(completed instanceof Promise)) return completed
    return completed.then(undefined, (error: unknown) => execution.handleError(error, field, type.isNonNull, place))
  } catch (error) {
    return execution.handleError(error, field, type.isNonNull, path ?? createPath(field, parentPath))
  }
}

function createPath({ responseName, parentType }: FieldPlan, parent: ResponsePath | undefined): ResponsePath {
  return new ResponsePath(parent, responseName, parentType.name)
}

/** Returns the property of the field's name, or calls it if it is a function. */
function readProperty(
  execution: Execution,
  field: FieldPlan,
  source: unknown,
  parentPath: ResponsePath | undefined,
): unknown {
  if ((typeof source !== 'object' && typeof source !== 'function') || source === null) return undefined
  const object = source as Record<string, unknown>
  const { name } = field.definition
  const value = object[name]
  if (typeof value !== 'function') return value
  const info = new ResolveInfo(execution, field, createPath(field, parentPath))
  const method = value as (this: unknown, ...given: unknown[]) => unknown
  return method.call(object, field.getArguments(execution.variables), execution.context, info)
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
}

function completeValue(
  execution: Execution,
  field: FieldPlan,
  type: TypePlan,
  path: ResponsePath,
  value: unknown,
): unknown {
  if (value instanceof Error) throw value
  if (value === null || value === undefined) {
    if (type.isNonNull)
      throw new Error(`Cannot return null for non-nullable field ${field.parentType.name}.${field.definition.name}.`)
    return null
  }
  switch (type.kind) {
    case 'leaf': {
      const serialized = type.isText && typeof value === 'string' ? value : serializeLeaf(type.type, value)
      execution.maxBytes += estimateBytes(serialized)
      return serialized
    }
    case 'list':
      return completeList(execution, field, type.item, path, value)
    case 'object':
      return completeObject(execution, field, type.type, path, value)
    case 'abstract': {
      const { type: abstract } = type
      const name = resolveType(abstract, value, execution, new ResolveInfo(execution, field, path))
      const complete = (resolved: unknown): unknown =>
        completeObject(execution, field, getRuntimeType(execution, field, abstract, resolved, value), path, value)
      return isThenable(name) ? Promise.resolve(name).then(complete) : complete(name)
    }
  }
}

function completeList(
  execution: Execution,
  field: FieldPlan,
  type: TypePlan,
  path: ResponsePath,
  list: unknown,
): unknown[] | Promise<unknown[]> {
  if (typeof list !== 'object' || typeof (list as { [Symbol.iterator]?: unknown })[Symbol.iterator] !== 'function')
    throw new GraphQLError(
      `Expected Iterable, but did not find one for field "${field.parentType.name}.${field.definition.name}".`,
    )
  const results: unknown[] = []
  let hasPromise = false
  try {
    for (const item of list as Iterable<unknown>) {
      const itemPath = new ResponsePath(path, results.length, undefined)
      const completed = completeItem(execution, field, type, itemPath, item)
      if (completed instanceof Promise) hasPromise = true
      results.push(completed)
    }
  } catch (error) {
    // What the other items reject with must be handled, too.
    const others: unknown[] = Array.isArray(list) ? [...results, ...(list as unknown[])] : results
    for (const other of others) if (isThenable(other)) Promise.resolve(other).catch(() => {})
    throw error
  }
  execution.maxBytes += minValueBytes * results.length
  return hasPromise ? Promise.all(results) : results
}

function completeItem(
  execution: Execution,
  field: FieldPlan,
  type: TypePlan,
  path: ResponsePath,
  item: unknown,
): unknown {
  try {
    const completed = isThenable(item)
      ? Promise.resolve(item).then((resolved) => completeValue(execution, field, type, path, resolved))
      : completeValue(execution, field, type, path, item)
    if (!(completed instanceof Promise)) return completed
    return completed.then(undefined, (error: unknown) => execution.handleError(error, field, type.isNonNull, path))
  } catch (error) {
    return execution.handleError(error, field, type.isNonNull, path)
  }
}

function completeObject(
  execution: Execution,
  field: FieldPlan,
  type: GraphQLObjectType,
  path: ResponsePath,
  value: unknown,
): Result | Promise<Result> {
  const selection = field.getSelection(type, execution.variables)
  if (!type.isTypeOf) return executeFields(execution, selection, value, path)
  const complete = (isOfType: boolean): Result | Promise<Result> => {
    if (isOfType) return executeFields(execution, selection, value, path)
    const text = `Expected value of type "${type.name}" but got: ${inspect(value)}.`
    throw new GraphQLError(text, { nodes: field.nodes })
  }
  const isOfType = type.isTypeOf(value, execution.context, new ResolveInfo(execution, field, path))
  return isThenable(isOfType) ? Promise.resolve(isOfType).then(complete) : complete(isOfType)
}
