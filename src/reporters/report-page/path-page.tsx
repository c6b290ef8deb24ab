import type { JSX } from 'preact';
import type { ReasonData, StepData } from '../html-report/report-data.js';
import type { PageProps } from './page-props.js';
import { LayeredPicture } from './layered-picture.js';
import { PrincipalLink, ScopeLink, ScopeText } from './links.js';
import { Missing } from './missing.js';
import type { Model } from './model.js';
import { endName, pictureOf } from './path-picture.js';
import { linkTo } from './route.js';
import { countOf } from './words.js';

export function PathPage({ model, route }: PageProps): JSX.Element {
  const path = model.pathById().get(route.id);
  if (path === undefined) return <Missing what="path" id={route.id} />;
  const who =
    path.people === 1 ? model.principalName(path.from[0]!) : countOf(path.people, 'identity', 'identities');
  return (
    <article>
      <p class="crumbs">
        <a href={linkTo('paths')}>Paths to control</a>
      </p>
      <h1>
        {who} in {countOf(path.stepCount, 'step')} to control of {endName(path.to, model)}
      </h1>
      <p class="lead">
        To control of <ScopeLink model={model} number={path.to} />
      </p>
      <LayeredPicture title="The path, from who starts to what is controlled" {...pictureOf([path], model)} />
      <ol class="steps">
        {path.steps.map((step, at) => (
          <li key={at} class={step.isCut ? 'step cut' : 'step'}>
            <Step model={model} step={step} number={at + 1} />
          </li>
        ))}
      </ol>
      {path.because.length > 0 && (
        <section>
          <h2>Why that is control</h2>
          <Reasons model={model} reasons={path.because} />
        </section>
      )}
      <section>
        <h2>What cuts it off</h2>
        {path.cut === null ? (
          <p class="muted">
            Not worked out: there are too many paths. <code>azrbac paths --from</code> says it for one
            identity.
          </p>
        ) : (
          <>
            <p>The fewest steps without which no path is left from there to here:</p>
            <ul>
              {path.cut.map(text => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </>
        )}
      </section>
      {path.people > 1 && (
        <section>
          <h2>Who can go it</h2>
          <ul class="plain-list wrap">
            {path.from.map(number => (
              <li key={number}>
                <PrincipalLink model={model} number={number} />
              </li>
            ))}
          </ul>
          {path.people > path.from.length && <p class="muted">and {path.people - path.from.length} more</p>}
        </section>
      )}
    </article>
  );
}

function Step({
  model,
  step,
  number,
}: {
  readonly model: Model;
  readonly step: StepData;
  readonly number: number;
}): JSX.Element {
  return (
    <>
      <h3>
        <span class="rank">{number}</span>
        <PrincipalLink model={model} number={step.from} /> {step.does}
        {step.isCut && <span class="tag cut">cut here</span>}
        {step.certainty !== 'certain' && <span class="tag">{step.certainty.replace(/-/g, ' ')}</span>}
      </h3>
      <p>
        at <ScopeText model={model} text={step.scope} />
        {step.gains.length > 0 && <> and then {step.gains.join(', ')}</>}
      </p>
      {step.operations.length > 0 && (
        <p class="operations">
          <span class="muted">by </span>
          {step.operations.map(operation => (
            <code key={operation}>{operation}</code>
          ))}
        </p>
      )}
      <Reasons model={model} reasons={step.because} />
      {step.doubt !== null && <p class="muted">May fail: {step.doubt}.</p>}
    </>
  );
}

function Reasons({
  model,
  reasons,
}: {
  readonly model: Model;
  readonly reasons: readonly ReasonData[];
}): JSX.Element {
  return (
    <ul class="reasons">
      {reasons.map(({ id, kind, role, scope, pattern, condition }, at) => (
        <li key={`${id} ${at}`}>
          {kind === 'role-assignment' || kind === 'eligible-assignment'
            ? (role ?? 'a role')
            : `${kind.replace('-', ' ')} ${role ?? id}`}{' '}
          at <ScopeText model={model} text={scope} />
          {pattern !== null && (
            <>
              {' '}
              through <code>{pattern}</code>
            </>
          )}
          {kind === 'eligible-assignment' && <span class="tag">eligible</span>}
          {condition !== null && <pre class="condition">{condition}</pre>}
        </li>
      ))}
    </ul>
  );
}
