import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
} from 'graphql'
import type { GraphQLCompositeType, GraphQLField, GraphQLSchema } from 'graphql'

/** Returns an integer from 0 to `count - 1`. */
export type Pick = (count: number) => number

/** Creates a repeatable source of random integers. */
export function createPick(seed: number): Pick {
  let state = seed >>> 0
  return (count) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * count)
  }
}

/** Fields of the query with their arguments, such as `users(first: 2)`. */
type RootFields = readonly (readonly [name: string, args: string])[]

/** Writes random queries. Some are not valid, because they select fields under the same name that conflict. */
export class RandomDocument {
  readonly #schema: GraphQLSchema
  readonly #pick: Pick
  readonly #fragments: string[] = []

  constructor(schema: GraphQLSchema, pick: Pick) {
    this.#schema = schema
    this.#pick = pick
  }

  /** Writes a query with the Boolean variables `$yes` and `$no`, and a description. */
  write(rootFields: RootFields): string {
    const fields = this.#schema.getQueryType()!.getFields()
    const roots = Array.from({ length: 1 + this.#pick(3) }, (_, index) => {
      const [name, args] = rootFields[this.#pick(rootFields.length)]!
      const type = getNamedType(fields[name]!.type) as GraphQLCompositeType
      return `r${index}: ${name}${args}${this.#writeCondition()} ${this.#writeSelection(type, 5)}`
    })
    // Both variables must be used.
    const used = 'used: __typename @include(if: $yes) @skip(if: $no)'
    return `"x" query random($yes: Boolean!, $no: Boolean!) { ${used} ${roots.join(' ')} } ${this.#fragments.join(' ')}`
  }

  #isLikely = (percent: number): boolean => this.#pick(100) < percent

  #writeCondition(): string {
    const variable = this.#isLikely(50) ? '$yes' : '$no'
    return this.#isLikely(15) ? ` @${this.#isLikely(50) ? 'include' : 'skip'}(if: ${variable})` : ''
  }

  #writeSelection(type: GraphQLCompositeType, depth: number): string {
    const parts = Array.from({ length: 1 + this.#pick(5) }, () => this.#writePart(type, depth))
    return `{ ${parts.join(' ')} }`
  }

  #writePart(type: GraphQLCompositeType, depth: number): string {
    if (isAbstractType(type) && depth > 0 && this.#isLikely(60)) {
      const possible = this.#schema.getPossibleTypes(type)
      return this.#writeFragment(possible[this.#pick(possible.length)]!, depth - 1)
    }
    if (depth > 0 && this.#isLikely(15)) return this.#writeFragment(type, depth - 1)
    const field = isUnionType(type) || this.#isLikely(10) ? null : this.#pickField(type, depth)
    return field ? this.#writeField(field, depth) : `__typename${this.#writeCondition()}`
  }

  #writeFragment(type: GraphQLCompositeType, depth: number): string {
    const selection = this.#writeSelection(type, depth)
    const condition = this.#writeCondition()
    if (this.#isLikely(60)) return `... on ${type.name}${condition} ${selection}`
    const name = `F${this.#fragments.length}`
    this.#fragments.push(`fragment ${name} on ${type.name} ${selection}`)
    return `...${name}${condition}`
  }

  #pickField(type: GraphQLCompositeType, depth: number): GraphQLField<unknown, unknown> | null {
    if (isUnionType(type)) return null
    const fields = Object.values(type.getFields()).filter(
      (field) => !field.args.some(isRequiredArgument) && (depth > 0 || isLeafType(getNamedType(field.type))),
    )
    return fields[this.#pick(fields.length)] ?? null
  }

  #writeField({ name, args, type }: GraphQLField<unknown, unknown>, depth: number): string {
    const named = getNamedType(type)
    const isList = args.some((argument) => argument.name === 'first')
    // An alias that has the name of a type never conflicts, but is also never merged.
    const alias = this.#isLikely(20) && isObjectType(named) ? `${named.name}_${name}: ` : ''
    const selection = isCompositeType(named) ? ` ${this.#writeSelection(named, depth - 1)}` : ''
    return `${alias}${name}${isList ? '(first: 2)' : ''}${this.#writeCondition()}${selection}`
  }
}
