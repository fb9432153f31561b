import { Provider } from 'urql'
import { CalendarSection } from '../shared/calendar.tsx'
import { mount } from '../shared/mount.tsx'
import { Calendar } from './calendar.tsx'
import { client } from './client.ts'
import { Conference } from './conference.tsx'
import { Upload } from './upload.tsx'
import { Users } from './users.tsx'

mount(
  <Provider value={client}>
    <Conference />
    <Upload />
    <CalendarSection>
      <Calendar />
    </CalendarSection>
    <Users />
  </Provider>,
)
