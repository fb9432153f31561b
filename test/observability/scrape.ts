/** Fetches `/metrics` of a server. Returns the samples whose names begin with `parley_`, by name and labels. */
export async function scrape(url: string): Promise<Map<string, number>> {
  return readSamples(await (await fetch(new URL('/metrics', url))).text())
}

export function readSamples(text: string): Map<string, number> {
  const samples = text.split('\n').filter((line) => line.startsWith('parley_'))
  return new Map(samples.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]))
}
