export interface WeekConference {
  id: string
  title: string
  account: { label: string }
  /** Null if they cannot be read. */
  occurrences?: readonly Occurrence[] | null | undefined
}

interface Occurrence {
  id: string
  startsAt: string
  durationMinutes?: number | null | undefined
  cancelled: boolean
}

interface WeekDaysProps {
  monday: Date
  conferences: readonly WeekConference[]
  onSelect(conference: WeekConference): void
}

const dayFormat = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short' })
const timeFormat = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })

/** Shows the occurrences of a week by day. A series is shown once for each occurrence. */
export function WeekDays({ monday, conferences, onSelect }: WeekDaysProps) {
  const entries = conferences
    .flatMap((conference) => (conference.occurrences ?? []).map((occurrence) => ({ conference, occurrence })))
    .toSorted((a, b) => Date.parse(a.occurrence.startsAt) - Date.parse(b.occurrence.startsAt))
  const entriesByDay = Map.groupBy(entries, ({ occurrence }) => new Date(occurrence.startsAt).toDateString())
  const days = Array.from({ length: 7 }, (_, index) => addDays(monday, index))
  return (
    <div className="week">
      {days.map((day) => (
        <div key={day.toDateString()}>
          <h3>{dayFormat.format(day)}</h3>
          <ul>
            {entriesByDay.get(day.toDateString())?.map(({ conference, occurrence }) => (
              <li key={occurrence.id}>
                <time dateTime={occurrence.startsAt}>{timeFormat.format(new Date(occurrence.startsAt))}</time>
                <button className="link" onClick={() => onSelect(conference)}>
                  {occurrence.cancelled ? <s>{conference.title}</s> : conference.title}
                </button>
                <small>{describe(conference, occurrence)}</small>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  )
}

function describe({ account }: WeekConference, { durationMinutes, cancelled }: Occurrence): string {
  const duration = durationMinutes == null ? [] : [`${durationMinutes} min`]
  return [...(cancelled ? ['canceled'] : duration), account.label].join(', ')
}

/** Returns the beginning of the day some days later, in local time. */
export function addDays(date: Date, days: number): Date {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days)
}
