import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { PresetAnswer } from '../../../../src/sdk/answers.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { Screen } from '../../shell/screen.tsx';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { useLoad } from '../../shell/use-async.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Icon } from '../../ui/icons.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { LiveRegion } from '../../ui/live-region.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { verifierClient } from '../client.ts';
import { askTexts } from './ask-texts.ts';
import { groupOf, isFound, presetGroups } from './preset-groups.ts';

/** Every use there is, by what it is about. */
export function PresetList(): JSX.Element {
  const texts = useTexts(askTexts);
  const language = useLanguage();
  const [search, setSearch] = useState('');
  const presets = useLoad((signal) => verifierClient(language).presets(signal), []);
  const found = presets.value?.filter((preset) => isFound(preset, search.trim())) ?? [];
  return (
    <Screen title={texts.chooseTitle} lead={texts.chooseLead} back="#/">
      {presets.state === 'busy' && <Spinner>{texts.loadingUses}</Spinner>}
      {presets.state === 'failed' && <ErrorNotice error={presets.error} onRetry={presets.run} />}
      {presets.value && (
        <>
          <TextInput
            type="search"
            label={texts.search}
            hint={texts.searchHint}
            value={search}
            onInput={setSearch}
          />
          <LiveRegion>{search !== '' && texts.found(found.length)}</LiveRegion>
          {found.length === 0 && (
            <EmptyState icon="search" title={texts.noneFound}>
              <p>{texts.noneFoundTodo}</p>
            </EmptyState>
          )}
          {[...presetGroups, 'other' as const].map((group) => {
            const of = found.filter((preset) => groupOf(preset) === group);
            if (of.length === 0) return null;
            return (
              <section key={group} class="stack stack--tight">
                <h2 class="group-title">{texts.groups[group]}</h2>
                <ul class="uses">
                  {of.map((preset) => (
                    <Use key={preset.slug} preset={preset} />
                  ))}
                </ul>
              </section>
            );
          })}
        </>
      )}
    </Screen>
  );
}

function Use({ preset: { slug, name } }: { readonly preset: PresetAnswer }): JSX.Element {
  const language = useLanguage();
  return (
    <li>
      <a class="use" href={`#/ask/${slug}`}>
        <span>{name[language]}</span>
        <Icon name="arrowRight" />
      </a>
    </li>
  );
}
