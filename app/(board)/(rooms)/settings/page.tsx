import { Present } from '@/components/live/use-past'
import { SettingsRoom } from '@/components/settings/settings-room'

export const metadata = { title: 'Settings' }

/** Who may come in is always a matter of now. */
export default function SettingsPage() {
  return (
    <Present>
      <SettingsRoom />
    </Present>
  )
}
