import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isObjectType,
} from 'graphql'
import type { GraphQLObjectType, GraphQLOutputType, GraphQLResolveInfo, GraphQLSchema } from 'graphql'

/** Context of one execution. Resolvers record their calls in it. */
export interface RandomContext {
  seed: number
  calls: string[]
}

/** Computes the FNV-1a hash of a text. */
function hash(text: string, seed: number): number {
  let value = 2_166_136_261 ^ seed
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 16_777_619)
  value ^= value >>> 15
  return Math.imul(value, 2_246_822_519) >>> 0
}

function formatPath(path: GraphQLResolveInfo['path'] | undefined): string {
  return path ? `${formatPath(path.prev)}/${path.typename ?? ''}.${path.key}` : ''
}

/**
 * Creates a promise that settles after a number of turns of the microtask queue. Some of these promises are never
 * awaited.
 */
function later<T>(turns: number, settle: () => T): Promise<T> {
  const promise = (async () => {
    for (let turn = 0; turn < turns; turn++) await Promise.resolve()
    return settle()
  })()
  promise.catch(() => {})
  return promise
}

/**
 * Adds a resolver to the fields. It returns values, nulls, errors, or promises of them, which depend only on the seed
 * and the path in the response. Some fields of objects get no resolver and are read from the object.
 */
export function addRandomResolvers(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue
    if (isAbstractType(type))
      type.resolveType = (value, context, info) =>
        chooseType(schema, type.name, value, context as RandomContext, info) as never
    if (!isObjectType(type)) continue
    if (type.name === 'Participant') type.isTypeOf = (value, { seed }: RandomContext) => checkType(value, seed)
    const isRoot = type === schema.getQueryType() || type === schema.getMutationType()
    for (const field of Object.values(type.getFields())) {
      if (!isRoot && field.args.length === 0 && hash(`${type.name}.${field.name}`, 7) % 3 === 0) continue
      field.resolve = (source, args, context: RandomContext, info) => {
        const place = formatPath(info.path)
        const reported = [info.fieldName, info.parentType.name, String(info.returnType), info.fieldNodes.length]
        const { operation, variableValues, fragments } = info
        const names = [operation.name?.value, Object.keys(variableValues).join(), Object.keys(fragments).join()]
        context.calls.push(JSON.stringify([place, args, reported, names, typeof source, info.schema === schema]))
        return resolve(info.returnType, schema, hash(place, context.seed), context)
      }
    }
  }
}

function checkType(value: unknown, seed: number): boolean | Promise<boolean> {
  const way = hash(JSON.stringify(value), seed) % 6
  if (way === 0) return false
  return way <= 2 ? later(way, () => true) : true
}

function chooseType(
  schema: GraphQLSchema,
  abstract: string,
  value: unknown,
  { seed }: RandomContext,
  info: GraphQLResolveInfo,
): unknown {
  const types = schema.getPossibleTypes(schema.getType(abstract) as never)
  const number = hash(`${formatPath(info.path)} ${String((value as { random?: number }).random)}`, seed)
  const { name } = types[number % types.length]!
  switch ((number >>> 8) % 14) {
    case 0:
      return undefined
    case 1:
      return 'Nothing'
    case 2:
      return 'Query'
    case 3:
      return 'UserStatus'
    case 4:
      return 7
    case 5:
      throw new Error('no type')
    case 6:
    case 7:
      return later(number % 3, () => name)
    case 8:
      return later(number % 3, () => {
        throw new Error('no type later')
      })
    default:
      return name
  }
}

function resolve(type: GraphQLOutputType, schema: GraphQLSchema, number: number, context: RandomContext): unknown {
  const turns = number % 4
  switch ((number >>> 4) % 20) {
    case 0:
      throw new Error(`thrown ${number}`)
    case 1:
      return later(turns, () => {
        throw new Error(`rejected ${number}`)
      })
    case 2:
      return new Error(`returned ${number}`)
    case 3:
      return later(turns, () => new Error(`returned later ${number}`))
    case 4:
      return null
    case 5:
      return later(turns, () => undefined)
    case 6:
    case 7:
    case 8:
      return later(turns, () => createValue(type, schema, number, context))
    case 9:
      // eslint-disable-next-line no-throw-literal
      throw `text ${number}` as unknown
    default:
      return createValue(type, schema, number, context)
  }
}

function createValue(given: GraphQLOutputType, schema: GraphQLSchema, number: number, context: RandomContext): unknown {
  const type = getNullableType(given)
  if (isListType(type)) {
    if (number % 23 === 0) return 'no list'
    const items = Array.from({ length: number % 4 }, (_, index) => {
      try {
        return resolve(type.ofType as GraphQLOutputType, schema, hash(`${index}`, number), context)
      } catch {
        return null
      }
    })
    return number % 5 === 0 ? new Set(items) : items
  }
  if (isLeafType(type)) return createLeaf(type.name, isEnumType(type) ? type.getValues()[0]!.value : null, number)
  const [first] = isAbstractType(type) ? schema.getPossibleTypes(type) : [getNamedType(type) as GraphQLObjectType]
  return createObject(first!, schema, number, context)
}

function createLeaf(name: string, enumValue: unknown, number: number): unknown {
  if (number % 29 === 0) return { wrong: Symbol.iterator.description }
  if (number % 31 === 0) return Number.NaN
  if (enumValue !== null) return number % 7 === 0 ? 'NO_VALUE' : enumValue
  if (name === 'Int') return number % 9 === 0 ? 2 ** 40 : number % 100
  if (name === 'Boolean') return number % 2 === 0
  if (name === 'JSON') return { a: [1, 'x', null], b: {} }
  return ['', 'text', '"\\\u0001', 'йцу', 'x'.repeat(number % 90)][number % 5]
}

/** Creates an object with a property or method for each field without a resolver. */
function createObject(type: GraphQLObjectType, schema: GraphQLSchema, number: number, context: RandomContext): object {
  const object: Record<string, unknown> = { random: number }
  for (const field of Object.values(type.getFields())) {
    if (field.resolve) continue
    const own = hash(field.name, number)
    if (own % 4 === 0)
      object[field.name] = (args: unknown, given: RandomContext, info: GraphQLResolveInfo) => {
        given.calls.push(`method ${formatPath(info.path)} ${JSON.stringify(args)}`)
        return resolve(field.type, schema, own, context)
      }
    else if (isLeafType(getNamedType(field.type))) {
      const value = (own >>> 4) % 20 === 0 ? null : createValue(field.type, schema, own, context)
      object[field.name] = own % 5 === 0 ? later(own % 3, () => value) : value
    }
  }
  return object
}
