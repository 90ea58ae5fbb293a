import { SignInCard } from '@/components/sign-in/sign-in-card'

export const metadata = { title: 'Sign in' }

export default function SignInPage() {
  return <SignInCard />
}
