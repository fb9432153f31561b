/** Texts of headers are the same for nearly all requests of a client. A longer one is not kept. */
const maxLength = 256
const maxTexts = 100

/** Returns a function that remembers what `compute` returned for short texts, and forgets all of it now and then. */
export function rememberTexts<T>(compute: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>()
  return (text) => {
    const remembered = known.get(text)
    if (remembered !== undefined) return remembered
    const value = compute(text)
    if (text.length > maxLength) return value
    if (known.size >= maxTexts) known.clear()
    known.set(text, value)
    return value
  }
}
