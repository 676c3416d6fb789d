import type { Health } from "./health";

const TEXTS: Record<Health, string> = {
  checking: "Checking the API …",
  available: "The API is available.",
  unavailable: "The API is unavailable. Try again later.",
};

interface AppProps {
  path: string;
  health: Health;
  onSignIn: () => void;
}

/** The only page: state of the API, and the button that starts the sign-in. Cognito redirects to /login after a sign-out. */
export function App({ path, health, onSignIn }: AppProps) {
  return (
    <main>
      <h1>tap</h1>
      {path === "/login" && <p>You are signed out.</p>}
      <p role="status">{TEXTS[health]}</p>
      <button type="button" onClick={onSignIn}>
        Sign in
      </button>
    </main>
  );
}
