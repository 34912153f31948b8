import * as path from 'node:path';
import { expect, test } from '../kit/test';
import { completeLock } from '../kit/locks';

/** The folder of real notebooks; they are not ours to ship. */
const CORPUS = process.env.AIDEVSECOPS_CORPUS ?? '';

const TUTORIAL = 'elyra-aidevsecops-tutorial/notebooks';
const OVERLAYS = 'overlays-for-ai-pipeline-tutorial/notebooks';
const FRAUD = 'fraud_detection_support';

/** The state that each notebook is in. */
const STATES: Record<string, string> = {
  [`${TUTORIAL}/test_deployed_model.ipynb`]: 'The lock has drifted from the imports',
  [`${TUTORIAL}/neural-magic-torch-mnist/convert_model_to_onnx.ipynb`]: 'Locked',
  [`${TUTORIAL}/neural-magic-torch-mnist/download_dataset.ipynb`]: 'Locked',
  [`${TUTORIAL}/neural-magic-torch-mnist/sparsify.ipynb`]: 'Locked',
  [`${TUTORIAL}/neural-magic-torch-mnist/training.ipynb`]: 'Locked',
  [`${TUTORIAL}/tf-mnist/download_dataset.ipynb`]: 'Locked',
  [`${TUTORIAL}/tf-mnist/training.ipynb`]: 'Locked',
  [`${FRAUD}/models/iris-model/iris_model.ipynb`]: 'Not locked',
  [`${FRAUD}/notebook/frauddetection.ipynb`]: 'Not locked',
  [`${OVERLAYS}/explore_dataset.ipynb`]: 'Locked',
  [`${OVERLAYS}/fine_tune_model.ipynb`]: 'Locked',
  [`${OVERLAYS}/preprocess_dataset.ipynb`]: 'Locked'
};

test.describe('the real notebooks', () => {
  test.skip(
    CORPUS === '',
    'AIDEVSECOPS_CORPUS does not name the folder of real notebooks.'
  );

  test('should each open with the right state', async ({ lab, folder }) => {
    // One notebook after the other.
    test.setTimeout(180_000);
    folder.copyFolder(CORPUS, '');
    await lab.start();
    await lab.sidebar.show();

    for (const [notebook, state] of Object.entries(STATES)) {
      await lab.openWithAnyKernel(folder.path(notebook));

      await expect(
        lab.sidebar.dependencies.getByTitle(folder.path(notebook))
      ).toBeVisible();
      await expect(lab.sidebar.status, notebook).toHaveText(state);
    }
  });

  // With a Python for which what they need is still to be had.
  for (const notebook of [
    `${FRAUD}/notebook/frauddetection.ipynb`,
    `${TUTORIAL}/tf-mnist/training.ipynb`,
    `${TUTORIAL}/neural-magic-torch-mnist/convert_model_to_onnx.ipynb`,
    `${TUTORIAL}/test_deployed_model.ipynb`
  ]) {
    test(`should be locked anew: ${path.basename(notebook)}`, async ({
      lab,
      folder,
      page
    }) => {
      // What they need is large, and has many versions to choose from.
      test.setTimeout(180_000);
      folder.copyFolder(
        path.join(CORPUS, notebook.split('/')[0]),
        notebook.split('/')[0]
      );
      await lab.start();
      await lab.sidebar.show();
      await lab.openWithAnyKernel(folder.path(notebook));
      await expect(lab.sidebar.table).toBeVisible();
      const before = await lab.metadata();

      await lab.execute('aidevsecops:lock-notebook-with-options');
      await lab.lockDialog.target('Another Python version or platform').check();
      await lab.lockDialog.field('Python version').fill('3.11');
      await lab.lockDialog.root.getByRole('checkbox').check();
      await lab.lockDialog.button('Lock').click();
      // Old locks hold other versions, which is shown before it is done.
      if (before.requirements_lock !== undefined) {
        await lab.relockDialog.button('Apply').click();
      }

      await expect(lab.notification('is locked')).toBeVisible();
      await expect(lab.sidebar.status).toHaveText('Locked');
      await expect(lab.sidebar.dependencies).toContainText('Python 3.11');
      const metadata = await lab.metadata();
      expect(metadata.requirements_lock).not.toEqual(before.requirements_lock);
      expect(Object.keys(completeLock(metadata).default).length).toBeGreaterThan(3);
      await page.screenshot({ path: test.info().outputPath('locked.png') });
    });
  }
});
