import type { Registry } from './prometheus.ts'

interface EventMetricOptions {
  name: string
  help: string
  labelNames: readonly string[]
}

interface Sample {
  metricName?: string
  labels?: Record<string, string | number>
  value: number
}

/** Series whose label values begin alike. */
interface Branch<Series> {
  readonly branches: Map<string, Branch<Series>>
  series: Series | null
}

const createBranch = <Series>(): Branch<Series> => ({ branches: new Map(), series: null })

/**
 * Registers a metric of frequent events, which prom-client formats. To find a series, its own metrics build a text of all label names
 * and values, which takes as long as several other parts of a request.
 *
 * @returns A function that returns the series with these label values, in the order of the label names.
 */
function registerEventMetric<Series>(
  registry: Registry,
  { name, help, labelNames, type }: EventMetricOptions & { type: 'counter' | 'histogram' },
  createSeries: () => Series,
  listSamples: (series: Series) => Sample[],
): (labelValues: readonly string[]) => Series {
  const root = createBranch<Series>()
  const entries: { labels: Record<string, string>; series: Series }[] = []
  const listValues = (): Sample[] =>
    entries.flatMap(({ labels, series }) =>
      listSamples(series).map((sample) => ({ ...sample, labels: { ...sample.labels, ...labels } })),
    )
  const get = () => Promise.resolve({ name, help, type, values: listValues() })
  registry.registerMetric({ name, get } as never)
  const addSeries = (labelValues: readonly string[]): Series => {
    const series = createSeries()
    entries.push({ labels: Object.fromEntries(labelNames.map((label, index) => [label, labelValues[index]!])), series })
    return series
  }
  return (labelValues) => {
    let branch = root
    for (const value of labelValues) {
      let next = branch.branches.get(value)
      if (!next) branch.branches.set(value, (next = createBranch()))
      branch = next
    }
    return (branch.series ??= addSeries(labelValues))
  }
}

/** Registers a counter of frequent events. Returns a function that adds to the count of a series. A count of 0 creates the series. */
export function registerEventCounter(
  registry: Registry,
  options: EventMetricOptions,
): (labelValues: readonly string[], count?: number) => void {
  const getSeries = registerEventMetric(
    registry,
    { ...options, type: 'counter' },
    () => ({ count: 0 }),
    ({ count }) => [{ value: count }],
  )
  return (labelValues, count = 1) => void (getSeries(labelValues).count += count)
}

/** Registers a histogram of frequent events. Returns a function that adds a value to a series. @param buckets Upper bounds, ascending. */
export function registerEventHistogram(
  registry: Registry,
  { buckets, ...options }: EventMetricOptions & { buckets: readonly number[] },
): (labelValues: readonly string[], value: number) => void {
  const { name } = options
  const getSeries = registerEventMetric(
    registry,
    { ...options, type: 'histogram' },
    () => ({ counts: buckets.map(() => 0), count: 0, sum: 0 }),
    ({ counts, count, sum }) => {
      let total = 0
      return [
        ...buckets.map((le, index) => ({
          metricName: `${name}_bucket`,
          labels: { le },
          value: (total += counts[index]!),
        })),
        { metricName: `${name}_bucket`, labels: { le: '+Inf' }, value: count },
        { metricName: `${name}_sum`, value: sum },
        { metricName: `${name}_count`, value: count },
      ]
    },
  )
  return (labelValues, value) => {
    const series = getSeries(labelValues)
    series.count++
    series.sum += value
    const index = buckets.findIndex((bound) => value <= bound)
    if (index >= 0) series.counts[index]!++
  }
}
