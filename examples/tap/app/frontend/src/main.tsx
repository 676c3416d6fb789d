import { StrictMode, useEffect, useState } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { configurationOf } from "./configuration";
import { readHealth, type Health } from "./health";
import { newState, signInUrl, stateCookie } from "./signIn";

const configuration = configurationOf({
  PUBLIC_API_URL: process.env.PUBLIC_API_URL,
  PUBLIC_COGNITO_DOMAIN: process.env.PUBLIC_COGNITO_DOMAIN,
  PUBLIC_COGNITO_CLIENT_ID: process.env.PUBLIC_COGNITO_CLIENT_ID,
});

function signIn() {
  const state = newState();
  document.cookie = stateCookie(state, location.hostname);
  location.assign(signInUrl(configuration, state));
}

function Page() {
  const [health, setHealth] = useState<Health>("checking");
  useEffect(() => {
    void readHealth(configuration.apiUrl).then(setHealth);
  }, []);
  return <App path={location.pathname} health={health} onSignIn={signIn} />;
}

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
