/** `set-breaker-state` as it is said: `set breaker state`. The hyphen of `sign-in` is its own. */
export function actionName(action: string): string {
  return action.replaceAll('-', ' ').replace('sign in link', 'sign-in link')
}
