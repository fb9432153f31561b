import { Lexer, Source, TokenKind } from 'graphql'
import type { Token } from 'graphql'
import { Problem } from '../../core/errors.ts'
import type { HttpLimits } from '../limits.ts'

/** Comments and block strings take time by their lines. */
const maxLines = 10_000
/** For a misspelled name, similar ones are searched; a response name is repeated. */
const maxNameLength = 1_024

/**
 * Refuses an operation while lexing, at the first token that is too much, before anything recursive or quadratic sees it.
 * Returns the number of tokens. Throws a Problem, or graphql's syntax error.
 */
export function scanTokens(text: string, limits: HttpLimits): number {
  limitLines(text)
  const lexer = new Lexer(new Source(text))
  const nesting = new NestingTracker()
  let tokens = 0
  let aliases = 0
  let directives = 0
  for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
    if (token.end - token.start > maxNameLength && !mayBeLong(token, nesting)) {
      const message = `A name or number is too long: at most ${maxNameLength} characters are accepted.`
      throw new Problem('OPERATION_TOO_EXPENSIVE', message)
    }
    nesting.consume(token)
    const maxDepth = nesting.introspecting ? limits.introspectionDepth : limits.depth
    if (nesting.depth > maxDepth) throw createTooDeep(maxDepth)
    if (token.kind === TokenKind.COLON && nesting.selecting) aliases += 1
    if (aliases > limits.aliases) {
      throw new Problem('MAX_ALIASES_LIMIT', `Too many aliases: at most ${limits.aliases} are accepted.`)
    }
    if (token.kind === TokenKind.AT) directives += 1
    if (directives > limits.directives) {
      throw new Problem('MAX_DIRECTIVES_LIMIT', `Too many directives: at most ${limits.directives} are accepted.`)
    }
    tokens += 1
    if (tokens > limits.tokens) {
      throw new Problem('MAX_TOKENS_LIMIT', `The operation is too long: at most ${limits.tokens} tokens are accepted.`)
    }
  }
  return tokens
}

/** Every comment, and every line of a block string, ends with one. */
function limitLines(text: string): void {
  let lines = 0
  for (const match of text.matchAll(/\r\n|[\n\r]/g)) {
    lines += match.length
    if (lines > maxLines)
      throw new Problem('MAX_TOKENS_LIMIT', `The operation is too long: at most ${maxLines} lines are accepted.`)
  }
}

/** Strings; and the name of the operation, which stands in no response and is compared with nothing. */
function mayBeLong({ kind, prev }: Token, { depth }: NestingTracker): boolean {
  if (kind === TokenKind.STRING || kind === TokenKind.BLOCK_STRING) return true
  return depth === 0 && ['query', 'mutation', 'subscription'].includes(prev?.value ?? '')
}

export function createTooDeep(limit: number): Problem {
  return new Problem('MAX_DEPTH_LIMIT', `The operation is nested too deep: at most ${limit} levels are accepted.`)
}

/** Where in the document a token stands, told from its brackets alone. */
class NestingTracker {
  depth = 0
  #parentheses = 0
  #introspectedFrom: number | null = null

  get introspecting(): boolean {
    return this.#introspectedFrom !== null
  }

  /** In a selection set, and not in a field's arguments. */
  get selecting(): boolean {
    return this.depth > 0 && this.#parentheses === 0
  }

  consume(token: Token): void {
    if (token.kind === TokenKind.PAREN_L) this.#parentheses += 1
    if (token.kind === TokenKind.PAREN_R) this.#parentheses -= 1
    if (this.#parentheses > 0) return
    if (token.kind === TokenKind.BRACE_L) this.depth += 1
    if (token.kind === TokenKind.BRACE_R) this.#closeBrace()
    if (token.kind === TokenKind.NAME && token.prev?.kind !== TokenKind.AT) this.#handleName(token)
  }

  #closeBrace(): void {
    this.depth -= 1
    if (this.#introspectedFrom !== null && this.depth <= this.#introspectedFrom) this.#introspectedFrom = null
  }

  #handleName({ value, prev }: Token): void {
    if (this.#introspectedFrom !== null && this.depth > this.#introspectedFrom) return
    const field = this.depth > 0 && (value === '__schema' || value === '__type')
    const fragment = this.depth === 0 && prev?.value === 'on' && value.startsWith('__')
    this.#introspectedFrom = field || fragment ? this.depth : null
  }
}
