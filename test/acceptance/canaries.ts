/** Length of the shortest part of a secret that is searched for. */
const minPartLength = 12

/** Searches texts for parts of secrets, in every encoding. */
export class Canaries {
  readonly #parts = new Map<string, string>()
  readonly names = new Set<string>()

  /** Adds a secret. Secrets that are shorter than a part are searched for as a whole. */
  add(name: string, secret: string): void {
    if (secret.length < 6) throw new RangeError(`${name} is too short to be distinguished from other text.`)
    this.names.add(name)
    for (const form of encode(secret)) {
      if (form.length <= minPartLength) this.#parts.set(form, name)
      for (let start = 0; start + minPartLength <= form.length; start++)
        this.#parts.set(form.slice(start, start + minPartLength), name)
    }
  }

  /** Lists the names of the secrets of which the text contains a part, each with the text around this part. */
  findIn(text: string): string[] {
    const found = new Map<string, string>()
    const sizes = new Set([...this.#parts.keys()].map(({ length }) => length))
    for (const size of sizes)
      for (let start = 0; start + size <= text.length; start++) {
        const part = text.slice(start, start + size)
        const name = this.#parts.get(part)
        if (name !== undefined && !found.has(name))
          found.set(name, `${name}: …${text.slice(Math.max(0, start - 40), start)}[${part}]…`)
      }
    return [...found.values()]
  }
}

function encode(secret: string): Set<string> {
  const bytes = Buffer.from(secret)
  // Base64 of a longer text contains the secret at one of three offsets. The first and last characters depend on the text
  // around it.
  const aligned = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    return text.slice(offset === 0 ? 0 : offset + 1, text.length - 2)
  })
  const base64 = [...aligned, bytes.toString('base64').replace(/=+$/, '')].filter(({ length }) => length > 6)
  const base64url = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  const hex = bytes.toString('hex')
  const escaped = JSON.stringify(secret).slice(1, -1)
  return new Set([secret, ...base64, ...base64url, hex, hex.toUpperCase(), encodeURIComponent(secret), escaped])
}
