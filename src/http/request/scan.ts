import { Lexer, Source, TokenKind } from 'graphql'
import type { Token } from 'graphql'
import { Problem } from '../../core/errors.ts'
import type { HttpLimits } from '../limits.ts'

/** Maximum number of lines. The lexer takes time for each line of comments and block strings. */
const maxLines = 10_000
/**
 * Maximum length of a name or number. GraphQL.js searches names that are similar to an unknown name, and responses
 * repeat names.
 */
const maxNameLength = 1_024

/**
 * Checks the limits of a document at each token, so that a document over a limit never reaches recursive or quadratic
 * code.
 *
 * @returns Number of tokens.
 * @throws Problem with the limit that is exceeded. GraphQL.js's syntax error.
 */
export function scanTokens(text: string, limits: HttpLimits): number {
  assertLineCount(text)
  const lexer = new Lexer(new Source(text))
  const nesting = new NestingTracker()
  let tokens = 0
  let aliases = 0
  let directives = 0
  for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
    if (token.end - token.start > maxNameLength && !canBeLong(token, nesting)) {
      const message = `A name or number in the operation is too long. The limit is ${maxNameLength} characters.`
      throw new Problem('OPERATION_TOO_EXPENSIVE', message)
    }
    nesting.consume(token)
    const maxDepth = nesting.isIntrospecting ? limits.introspectionDepth : limits.depth
    if (nesting.depth > maxDepth) throw createTooDeepProblem(maxDepth)
    if (token.kind === TokenKind.COLON && nesting.isSelecting) aliases += 1
    if (aliases > limits.aliases) {
      throw new Problem(
        'MAX_ALIASES_LIMIT',
        `The operation has too many aliases. The limit "aliases" is ${limits.aliases}.`,
      )
    }
    if (token.kind === TokenKind.AT) directives += 1
    if (directives > limits.directives) {
      throw new Problem(
        'MAX_DIRECTIVES_LIMIT',
        `The operation has too many directives. The limit "directives" is ${limits.directives}.`,
      )
    }
    tokens += 1
    if (tokens > limits.tokens) {
      throw new Problem('MAX_TOKENS_LIMIT', `The operation is too long. The limit "tokens" is ${limits.tokens}.`)
    }
  }
  return tokens
}

function assertLineCount(text: string): void {
  let lines = 0
  for (const match of text.matchAll(/\r\n|[\n\r]/g)) {
    lines += match.length
    if (lines > maxLines)
      throw new Problem('MAX_TOKENS_LIMIT', `The operation is too long. The limit is ${maxLines} lines.`)
  }
}

/**
 * Whether a token can be long: a string, or the name of an operation, which is in no response and compared with
 * nothing.
 */
function canBeLong({ kind, prev }: Token, { depth }: NestingTracker): boolean {
  if (kind === TokenKind.STRING || kind === TokenKind.BLOCK_STRING) return true
  return depth === 0 && ['query', 'mutation', 'subscription'].includes(prev?.value ?? '')
}

export function createTooDeepProblem(limit: number): Problem {
  return new Problem('MAX_DEPTH_LIMIT', `The operation is nested too deeply. The limit is ${limit} levels.`)
}

/** Tracks the position of a token in the document, using only brackets and names. */
class NestingTracker {
  depth = 0
  #parentheses = 0
  #introspectedFrom: number | null = null

  /** Whether the token is in an introspection field or in a fragment on an introspection type. */
  get isIntrospecting(): boolean {
    return this.#introspectedFrom !== null
  }

  /** Whether the token is in a selection set and not in arguments. */
  get isSelecting(): boolean {
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
