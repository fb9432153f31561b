import * as fc from 'fast-check'
import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
} from 'graphql'
import type { GraphQLCompositeType, GraphQLField, GraphQLInputType, GraphQLSchema } from 'graphql'

/** A document with one operation and two sets of variables. */
export interface RandomOperation {
  text: string
  variables: [Record<string, unknown>, Record<string, unknown>]
}

const maxDepth = 4

/** Valid values of scalars that accept only some texts. */
const textByScalar: Record<string, string> = {
  DateTime: '"2030-01-01T00:00:00Z"',
  EmailAddress: '"a@example.com"',
  TimeZone: '"Europe/Berlin"',
  URL: '"https://example.com/"',
}

/** Generates integers below a maximum. The same seed gives the same numbers. */
class Dice {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0 || 1
  }

  roll(sides: number): number {
    this.#state ^= this.#state << 13
    this.#state ^= this.#state >>> 17
    this.#state ^= this.#state << 5
    this.#state >>>= 0
    return this.#state % sides
  }

  pick<T>(values: readonly T[]): T {
    return values[this.roll(values.length)]!
  }
}

/**
 * Creates operations with aliases, merged fields, nested fragments on every kind of type, directives, and variables.
 * They can be invalid.
 */
export function randomOperations(schema: GraphQLSchema): fc.Arbitrary<RandomOperation> {
  return fc.integer({ min: 1, max: 2 ** 31 }).map((seed) => new Writer(schema, new Dice(seed)).write())
}

class Writer {
  readonly #schema: GraphQLSchema
  readonly #dice: Dice
  readonly #fragments: string[] = []
  readonly #definitions = new Map<string, { type: string; defaultValue: string; values: unknown[] }>()

  constructor(schema: GraphQLSchema, dice: Dice) {
    this.#schema = schema
    this.#dice = dice
  }

  write(): RandomOperation {
    const isMutation = this.#dice.roll(4) === 0
    const root = isMutation ? this.#schema.getMutationType()! : this.#schema.getQueryType()!
    const set = this.#set(root, 0)
    const definitions = [...this.#definitions].map(
      ([name, { type, defaultValue }]) => `$${name}: ${type}${defaultValue}`,
    )
    const given = definitions.length > 0 ? `(${definitions.join(', ')})` : ''
    const variables = (index: number): Record<string, unknown> =>
      Object.fromEntries(
        [...this.#definitions].flatMap(([name, { values }]) => {
          const value = values[index % values.length]
          return value === undefined ? [] : [[name, value]]
        }),
      )
    const text = [`${isMutation ? 'mutation' : 'query'} Random${given} ${set}`, ...this.#fragments].join('\n')
    return { text, variables: [variables(0), variables(1)] }
  }

  #set(type: GraphQLCompositeType, depth: number): string {
    const selections = Array.from({ length: 1 + this.#dice.roll(4) }, () => this.#selection(type, depth))
    return `{ ${selections.join('\n')} }`
  }

  #selection(type: GraphQLCompositeType, depth: number): string {
    const way = this.#dice.roll(10)
    if (way === 0) return `__typename${this.#directive()}`
    if (way <= 2 && depth < maxDepth) return `...${this.#directive()} ${this.#set(type, depth + 1)}`
    if ((way <= 5 && depth < maxDepth) || !('getFields' in type)) {
      const related = this.#related(type)
      if (way % 2 === 0) return `... on ${related.name}${this.#directive()} ${this.#set(related, depth + 1)}`
      if (depth >= maxDepth) return '__typename'
      const name = `F${this.#fragments.length}`
      const index = this.#fragments.push('') - 1
      this.#fragments[index] = `fragment ${name} on ${related.name} ${this.#set(related, depth + 1)}`
      return `...${name}${this.#directive()} ...${name}${this.#directive()}`
    }
    const fields = Object.values(type.getFields()).filter(
      (field) => depth < maxDepth || !isCompositeType(getNamedType(field.type)),
    )
    if (fields.length === 0) return '__typename'
    return this.#field(this.#dice.pick(fields), depth)
  }

  /** Returns a type for a fragment inside `type`. */
  #related(type: GraphQLCompositeType): GraphQLCompositeType {
    if (isAbstractType(type)) return this.#dice.pick([type, ...this.#schema.getPossibleTypes(type)])
    return isObjectType(type) ? this.#dice.pick([type, ...type.getInterfaces()]) : type
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const given = field.args.flatMap(({ name, type }) =>
      isNonNullType(type) || this.#dice.roll(3) === 0 ? `${name}: ${this.#argument(type)}` : [],
    )
    const named = getNamedType(field.type)
    const set = isCompositeType(named) ? this.#set(named, depth + 1) : ''
    // Fields with arguments get unique names, so that they can be merged.
    const alias = given.length > 0 ? `a${this.#dice.roll(2 ** 30)}: ` : this.#dice.pick(['', '', '', 'constructor: '])
    const isSafe = alias !== 'constructor: ' || field.name === 'id'
    return `${isSafe ? alias : ''}${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''}${this.#directive()} ${set}`
  }

  #directive(): string {
    const way = this.#dice.roll(12)
    if (way > 2) return ''
    const name = this.#dice.pick(['skip', 'include'])
    if (way === 0) return ` @${name}(if: ${this.#dice.pick(['true', 'false'])})`
    return ` @${name}(if: $${this.#condition()})`
  }

  #condition(): string {
    const name = this.#dice.pick(['c0', 'c1', 'c2', 'n0'])
    if (name === 'n0') {
      // Null fails at run time. An omitted value has the default.
      const values = this.#dice.pick<unknown[]>([
        [null, true],
        [undefined, false],
        [true, undefined],
      ])
      this.#define(name, 'Boolean', ` = ${this.#dice.pick(['true', 'false'])}`, values)
    } else
      this.#define(
        name,
        'Boolean!',
        '',
        this.#dice.pick([
          [true, false],
          [false, true],
          [true, true],
        ]),
      )
    return name
  }

  #define(name: string, type: string, defaultValue: string, values: unknown[]): void {
    if (!this.#definitions.has(name)) this.#definitions.set(name, { type, defaultValue, values })
  }

  #argument(type: GraphQLInputType): string {
    if (this.#dice.roll(3) > 0) return this.#literal(type, 0)
    const name = `v${this.#definitions.size}`
    const named = getNamedType(type)
    const value = JSON.parse(this.#value(type, 0)) as unknown
    const isOmitted = !isNonNullType(type) && this.#dice.roll(3) === 0
    this.#define(
      name,
      String(type),
      isScalarType(named) && named.name === 'Int' && !isListType(getNullableType(type)) && !isNonNullType(type)
        ? ' = 7'
        : '',
      [isOmitted ? undefined : value, this.#dice.roll(2) === 0 && !isNonNullType(type) ? null : value],
    )
    return `$${name}`
  }

  #value(type: GraphQLInputType, depth: number): string {
    const inner = getNullableType(type)
    if (isListType(inner)) return `[${this.#value(inner.ofType, depth + 1)}]`
    if (isEnumType(inner)) return JSON.stringify(this.#dice.pick(inner.getValues()).name)
    if (!isInputObjectType(inner)) return this.#scalar(inner.name)
    return `{${this.#fields(inner.getFields(), inner.isOneOf, depth)
      .map(({ name, type: given }) => `"${name}": ${this.#value(given, depth + 1)}`)
      .join(',')}}`
  }

  #literal(type: GraphQLInputType, depth: number): string {
    const inner = getNullableType(type)
    if (!isNonNullType(type) && this.#dice.roll(8) === 0) return 'null'
    if (isListType(inner)) return `[${this.#literal(inner.ofType, depth + 1)}]`
    if (isEnumType(inner)) return this.#dice.pick(inner.getValues()).name
    if (!isInputObjectType(inner)) return this.#scalar(inner.name)
    return `{${this.#fields(inner.getFields(), inner.isOneOf, depth)
      .map(
        ({ name, type: given }) =>
          `${name}: ${inner.isOneOf ? this.#scalar('String') : this.#literal(given, depth + 1)}`,
      )
      .join(',')}}`
  }

  #fields<T extends { type: GraphQLInputType }>(fields: Record<string, T>, isOneOf: boolean, depth: number): T[] {
    const all = Object.values(fields)
    if (isOneOf) return [this.#dice.pick(all)]
    return all.filter(({ type }) => isNonNullType(type) || (depth < 2 && this.#dice.roll(4) === 0))
  }

  #scalar(name: string): string {
    if (name === 'Int') return String(this.#dice.roll(5))
    if (name === 'Boolean') return this.#dice.pick(['true', 'false'])
    return textByScalar[name] ?? this.#dice.pick(['"a"', '"йцу"', '"2030-01-01T00:00:00Z"'])
  }
}
