import { completeLeaf, completeValue, handleRejection, isThenable, settleValue } from './complete-value.ts'
import type { Execution } from './execution.ts'
import { ResolveInfo } from './resolve-info.ts'
import { createPath, type ResponsePath } from './response-path.ts'
import type { FieldPlan, SelectionPlan } from './selection-plan.ts'

export type Result = Record<string, unknown>

/** Reads the selected fields of an object. */
export function executeFields(
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
    return failLater(selection, results, error)
  }
  return hasPromise ? settleFields(selection, results) : results
}

/** Handles what the other fields reject with, too. */
function failLater(selection: SelectionPlan, results: Result, error: unknown): Promise<never> {
  return settleFields(selection, results).finally(() => {
    throw error
  }) as Promise<never>
}

async function settleFields(selection: SelectionPlan, results: Result): Promise<Result> {
  const values = await Promise.all(Object.values(results))
  const settled = selection.createResult()
  Object.keys(results).forEach((name, index) => (settled[name] = values[index]))
  return settled
}

/** Returns the completed value of a field. @throws The error of a field that cannot be null. */
export function executeField(
  execution: Execution,
  field: FieldPlan,
  source: unknown,
  parentPath: ResponsePath | undefined,
): unknown {
  const { type } = field
  let path: ResponsePath | undefined
  try {
    const value = resolveField(execution, field, source, parentPath)
    // Most fields: only errors need a path.
    if (type.kind === 'leaf' && !isThenable(value)) return completeLeaf(execution, field, type, value)
    path = createPath(field, parentPath)
    if (isThenable(value)) return settleValue(execution, field, type, path, value)
    const completed = completeValue(execution, field, type, path, value)
    return completed instanceof Promise ? handleRejection(execution, field, type, path, completed) : completed
  } catch (error) {
    return execution.handleError(error, field, type.isNonNull, path ?? createPath(field, parentPath))
  }
}

function resolveField(
  execution: Execution,
  field: FieldPlan,
  source: unknown,
  parentPath: ResponsePath | undefined,
): unknown {
  const { variables, context } = execution
  if (field.resolve === null) {
    const value = readProperty(source, field.definition.name)
    if (typeof value !== 'function') return value
    const method = value as (this: unknown, ...given: unknown[]) => unknown
    return method.call(source, field.getArguments(variables), context, new ResolveInfo(execution, field, parentPath))
  }
  return field.resolve(source, field.getArguments(variables), context, new ResolveInfo(execution, field, parentPath))
}

function readProperty(source: unknown, name: string): unknown {
  if ((typeof source !== 'object' && typeof source !== 'function') || source === null) return undefined
  return (source as Record<string, unknown>)[name]
}
