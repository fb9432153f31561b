import { GraphQLError } from 'graphql'
import type { GraphQLAbstractType, GraphQLObjectType } from 'graphql'
import { inspect } from 'graphql/jsutils/inspect.js'
import { minValueBytes } from '../core/json-size.ts'
import { getRuntimeType, resolveType } from './abstract-type.ts'
import { executeFields, type ResultObject } from './execute-fields.ts'
import type { Execution } from './execution.ts'
import { estimateBytes, serializeLeaf } from './leaf.ts'
import { ResolveInfo } from './resolve-info.ts'
import { getParentPath, ResponsePath } from './response-path.ts'
import type { FieldPlan, SelectionPlan } from './selection-plan.ts'
import type { LeafPlan, TypePlan } from './type-plan.ts'

// Closures are created only in separate functions, because V8 allocates memory for them at each call of the enclosing
// function.

/** Completes the value of a promise. */
export function settleValue(
  execution: Execution,
  field: FieldPlan,
  type: TypePlan,
  path: ResponsePath,
  value: PromiseLike<unknown>,
): Promise<unknown> {
  const completed = Promise.resolve(value).then((resolved) => completeValue(execution, field, type, path, resolved))
  return handleRejection(execution, field, type, path, completed)
}

/** Handles the error with which a completed value rejects. */
export function handleRejection(
  execution: Execution,
  field: FieldPlan,
  type: TypePlan,
  path: ResponsePath,
  completed: Promise<unknown>,
): Promise<unknown> {
  return completed.then(undefined, (error: unknown) => execution.handleError(error, field, type.isNonNull, path))
}

/** Whether a value is a promise or has a method `then`. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
}

/**
 * Converts the result of a resolver into a value of the response: `CompleteValue` of the GraphQL specification. Returns a
 * promise if a part of the value is a promise.
 *
 * @throws Error if the value is not valid for its type.
 */
export function completeValue(
  execution: Execution,
  field: FieldPlan,
  type: TypePlan,
  path: ResponsePath,
  value: unknown,
): unknown {
  if (type.kind === 'leaf') return completeLeaf(execution, field, type, value)
  if (isAbsent(field, type, value)) return null
  switch (type.kind) {
    case 'list':
      return completeList(execution, field, type.item, path, value)
    case 'object':
      return completeObject(execution, field, type.type, path, value)
    case 'abstract':
      return completeAbstract(execution, field, type.type, path, value)
  }
}

/**
 * Whether a value is null or undefined.
 *
 * @throws The value, if it is an error. Error, if it is absent and the type is non-null.
 */
function isAbsent(field: FieldPlan, type: TypePlan, value: unknown): boolean {
  if (value instanceof Error) throw value
  if (value !== null && value !== undefined) return false
  if (!type.isNonNull) return true
  throw new Error(`Cannot return null for non-nullable field ${field.parentType.name}.${field.definition.name}.`)
}

/** Serializes the value of a scalar or enum. */
export function completeLeaf(execution: Execution, field: FieldPlan, type: LeafPlan, value: unknown): unknown {
  if (typeof value === 'string' && type.isText) {
    execution.maxBytes += estimateBytes(value)
    return value
  }
  if (isAbsent(field, type, value)) return null
  const serialized = serializeLeaf(type.type, value)
  execution.maxBytes += estimateBytes(serialized)
  return serialized
}

function completeAbstract(
  execution: Execution,
  field: FieldPlan,
  type: GraphQLAbstractType,
  path: ResponsePath,
  value: unknown,
): unknown {
  const name = resolveType(type, value, execution, new ResolveInfo(execution, field, getParentPath(path)))
  const complete = (resolved: unknown): unknown =>
    completeObject(execution, field, getRuntimeType(execution, field, type, resolved, value), path, value)
  return isThenable(name) ? Promise.resolve(name).then(complete) : complete(name)
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
  const add = (item: unknown): void => {
    const completed = completeItem(execution, field, type, new ResponsePath(path, results.length, undefined), item)
    if (completed instanceof Promise) hasPromise = true
    results.push(completed)
  }
  try {
    // An index is faster than an iterator, which creates an object for each item.
    if (Array.isArray(list)) for (let index = 0; index < list.length; index++) add(list[index])
    else for (const item of list as Iterable<unknown>) add(item)
  } catch (error) {
    // Otherwise, a rejection of another item would be unhandled.
    ignoreRejections(Array.isArray(list) ? [...results, ...(list as unknown[])] : results)
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
    if (isThenable(item)) return settleValue(execution, field, type, path, item)
    const completed = completeValue(execution, field, type, path, item)
    return completed instanceof Promise ? handleRejection(execution, field, type, path, completed) : completed
  } catch (error) {
    return execution.handleError(error, field, type.isNonNull, path)
  }
}

function ignoreRejections(values: readonly unknown[]): void {
  for (const value of values) if (isThenable(value)) Promise.resolve(value).catch(() => {})
}

function completeObject(
  execution: Execution,
  field: FieldPlan,
  type: GraphQLObjectType,
  path: ResponsePath,
  value: unknown,
): ResultObject | Promise<ResultObject> {
  const selection = field.getSelection(type, execution.variables)
  return type.isTypeOf
    ? completeChecked(execution, field, type, selection, path, value)
    : executeFields(execution, selection, value, path)
}

/** Completes an object of a type with `isTypeOf`, if the object is of that type. */
function completeChecked(
  execution: Execution,
  field: FieldPlan,
  type: GraphQLObjectType,
  selection: SelectionPlan,
  path: ResponsePath,
  value: unknown,
): ResultObject | Promise<ResultObject> {
  const complete = (isOfType: boolean): ResultObject | Promise<ResultObject> => {
    if (isOfType) return executeFields(execution, selection, value, path)
    const text = `Expected value of type "${type.name}" but got: ${inspect(value)}.`
    throw new GraphQLError(text, { nodes: field.nodes })
  }
  const isOfType = type.isTypeOf!(value, execution.context, new ResolveInfo(execution, field, getParentPath(path)))
  return isThenable(isOfType) ? Promise.resolve(isOfType).then(complete) : complete(isOfType)
}
